using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Webhooks;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>What money, time and the merchant do to a payment request, and the events that tell of it.</summary>
public sealed class Settlement(Events events, EventNames names, SandboxOptions options)
{
    /// <summary>The money axis follows from what was paid and what ended the request.</summary>
    public static PaymentStatus MoneyAxis(long totalAmount, long paidAmount, Ending ending) => ending switch
    {
        _ when paidAmount >= totalAmount => PaymentStatus.Paid,
        Ending.Expired => PaymentStatus.Unpaid,
        _ when paidAmount > 0 => PaymentStatus.Partial,
        Ending.Closed => PaymentStatus.Unpaid,
        _ => PaymentStatus.Pending,
    };

    /// <summary>Books money that arrived. A request that has ended stays so, but its money axis tells the truth.</summary>
    public async Task BookAsync(SandboxDatabase database, PaymentRequest request, DateTimeOffset now)
    {
        var before = request.PaymentStatus;
        if (request.PaymentRequestStatus == PaymentRequestStatus.Active && request.PaidAmount >= request.TotalAmount) End(request, Ending.Paid, now);
        request.PaymentStatus = MoneyAxis(request.TotalAmount, request.PaidAmount, request.Ending);
        var type = request.PaymentStatus switch
        {
            PaymentStatus.Paid when before != PaymentStatus.Paid => names.PaymentRequestPaid,
            PaymentStatus.Partial => names.PaymentRequestPartial,
            _ => null,
        };
        if (type is not null) await TellAsync(database, request, type, now);
    }

    /// <summary>Takes money back out, when a card transaction is canceled before clearing. The request stays ended.</summary>
    public static void Unbook(PaymentRequest request, Guid uuid)
    {
        foreach (var payment in request.Breakdowns.SelectMany(breakdown => breakdown.Payments).Where(payment => payment.Uuid == uuid)) payment.Canceled = true;
        // A request that ended because it was paid is now one that was closed with money missing.
        if (request.Ending == Ending.Paid && request.PaidAmount < request.TotalAmount) request.Ending = Ending.Closed;
        request.PaymentStatus = MoneyAxis(request.TotalAmount, request.PaidAmount, request.Ending);
    }

    public Task CancelAsync(SandboxDatabase database, PaymentRequest request, DateTimeOffset now) =>
        EndAsync(database, request, Ending.Canceled, names.PaymentRequestCanceled, now);

    public Task CloseAsync(SandboxDatabase database, PaymentRequest request, DateTimeOffset now) =>
        EndAsync(database, request, Ending.Closed, names.PaymentRequestClosed, now);

    public Task ExpireAsync(SandboxDatabase database, PaymentRequest request, DateTimeOffset now) =>
        EndAsync(database, request, Ending.Expired, names.PaymentRequestUnpaid, now);

    private async Task EndAsync(SandboxDatabase database, PaymentRequest request, Ending ending, string eventType, DateTimeOffset now)
    {
        if (request.PaymentRequestStatus != PaymentRequestStatus.Active)
        {
            var status = request.PaymentRequestStatus.ToString().ToUpperInvariant();
            throw new ApiRefusalException(400, "paymentRequestStatus", $"the request is {status}; only an ACTIVE one can be ended");
        }
        End(request, ending, now);
        request.PaymentStatus = MoneyAxis(request.TotalAmount, request.PaidAmount, ending);
        await TellAsync(database, request, eventType, now);
    }

    private static void End(PaymentRequest request, Ending ending, DateTimeOffset now)
    {
        request.Ending = ending;
        request.EndingDate = now;
        request.PaymentRequestStatus = ending == Ending.Canceled ? PaymentRequestStatus.Canceled : PaymentRequestStatus.Closed;
    }

    private async Task TellAsync(SandboxDatabase database, PaymentRequest request, string type, DateTimeOffset now) =>
        events.Tell(database, request.AccountNumber, type, await database.ShowAsync(request, options.PublicUrl), now);
}
