using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Requests;

/// <summary>
/// Keeps what payers are asked for the same as what is owed. A request that the gateway has not answered for yet takes the new
/// amount; one that it has cannot be changed there: it is cancelled, and another takes its place, to which its link leads on.
/// </summary>
internal static class AskedAmounts
{
    /// <summary>Why a request was closed that another takes the place of.</summary>
    internal const string Replaced = "replaced";

    private const string KeyPrefix = "replace-request/";
    private const int MaxRequestsPerInvoice = 100;

    /// <summary>Appends what follows for invoices of which something else is owed than before. Of what is paid the requests end elsewhere.</summary>
    /// <param name="records">The unit of work.</param>
    /// <param name="invoices">The invoices, as they stand now.</param>
    /// <param name="now">Business instant.</param>
    /// <param name="notCountedThere">A request whose money counts here and not at the gateway, or the other way round: it is replaced whatever is left on it; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static async Task FollowAsync(IMerchantRecords records, IReadOnlyList<Invoice> invoices, DateTimeOffset now, Guid? notCountedThere, CancellationToken cancellationToken)
    {
        var owed = invoices.Where(invoice => invoice.Open.IsPositive && invoice.Status != InvoiceStatus.Cancelled).ToDictionary(invoice => invoice.Id);
        if (owed.Count == 0)
        {
            return;
        }

        var ids = owed.Keys.ToList();
        var active = await records.ListAsync<PaymentRequest>(request => ids.Contains(request.InvoiceId) && request.RequestStatus == RequestStatus.Active, ids.Count * MaxRequestsPerInvoice, cancellationToken);
        foreach (var request in active.Where(request => !(request.Deadline <= now)))
        {
            var open = owed[request.InvoiceId].Open;
            if (request.Amount.Currency == open.Currency && (request.Amount - request.Paid != open || request.Id == notCountedThere))
            {
                Follow(records, request, open, now);
            }
        }
    }

    private static void Follow(IMerchantRecords records, PaymentRequest request, Money open, DateTimeOffset now)
    {
        if (request.GatewayRequestId is null)
        {
            // What was sent meanwhile with the old amount is found when the gateway answers.
            records.Update(request with { Amount = open + request.Paid });
            return;
        }

        var ended = records.Update(RequestLife.After(request, RequestEvent.Cancelled));
        records.Ask(PaymentRequests.CancelAtGateway(ended, now));
        records.Raise(Happened.To(ended, EventNames.RequestClosed, now, ended.Amount, new { reason = Replaced }));
        var next = new PaymentRequest
        {
            Id = Guid.CreateVersion7(),
            MerchantId = request.MerchantId,
            InvoiceId = request.InvoiceId,
            CustomerId = request.CustomerId,
            Amount = open,
            Paid = Money.Zero(open.Currency),
            LinkToken = PaymentLinks.NewToken(),
            Reference = PaymentLinks.NewReference(),
            Deadline = request.Deadline,
            CreatedAt = now,
        };
        records.Add(next);
        records.Ask(PaymentRequests.CreateAtGateway(next, $"{KeyPrefix}{request.Id:N}", null, now));
    }
}
