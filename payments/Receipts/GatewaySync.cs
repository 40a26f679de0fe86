using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>Brings what the gateway tells into the books. What it told before changes nothing, in whatever order it tells.</summary>
public sealed class GatewaySync(IMerchantRecords records, TimeProvider time, ReceiptBook receipts, TransferIntake intake)
{
    private const string Active = "ACTIVE";
    private const string Canceled = "CANCELED";
    private const string Closed = "CLOSED";
    private const string Unpaid = "UNPAID";

    /// <summary>
    /// Appends what is new in the gateway's state of a payment request: its ids, its card payments, its end. Throws
    /// <see cref="RuleViolationException"/> when the request is none of ours.
    /// </summary>
    public async Task ApplyAsync(GatewayRequest state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var request = await OurRequestAsync(state, cancellationToken);
        var (asked, asksElse) = await IdentifyAsync(request, state, cancellationToken);
        foreach (var paid in state.Payments.Where(paid => paid.Method != PaymentMethod.Transfer).OrderBy(paid => paid.PaidAt))
        {
            await receipts.BookAsync(
                new ReceivedMoney
                {
                    SourceKey = "gateway:" + paid.Id,
                    Method = paid.Method,
                    Amount = paid.Amount,
                    ReceivedAt = paid.PaidAt.ToUniversalTime(),
                    RequestId = request.Id,
                },
                cancellationToken);
        }

        await EndAsync(request.Id, state, cancellationToken);
        if (asked is not null && (asksElse || request.Amount - request.Paid != asked.Open) && await records.FindAsync<Invoice>(request.InvoiceId, cancellationToken) is { } invoice)
        {
            // What is owed changed while the request was on its way there; what was paid on it meanwhile is followed as it is booked.
            await AskedAmounts.FollowAsync(records, [invoice], time.GetUtcNow(), asksElse ? request.Id : null, cancellationToken);
        }
    }

    /// <summary>How a transfer of the gateway is known in the books.</summary>
    public static string SourceOfTransfer(string gatewayTransferId) => "gateway:" + gatewayTransferId;

    /// <summary>Appends a transfer that the gateway tells of, once: its money is held as unallocated until it is matched.</summary>
    public async Task TakeInAsync(GatewayTransfer transfer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        await intake.TakeInAsync(
            [
                new ToldTransfer
                {
                    SourceKey = SourceOfTransfer(transfer.Id),
                    Amount = transfer.Amount,
                    BookedOn = transfer.BookedOn,
                    CreditorIban = transfer.CreditorIban,
                    DebtorName = transfer.DebtorName,
                    DebtorIban = transfer.DebtorIban,
                    Remittance = transfer.Remittance,
                    EndToEndId = transfer.EndToEndId,
                },
            ],
            cancellationToken);
    }

    private async Task<PaymentRequest> OurRequestAsync(GatewayRequest state, CancellationToken cancellationToken) =>
        (Guid.TryParse(state.MerchantPaymentRequestId, out var id) ? await records.FindAsync<PaymentRequest>(id, cancellationToken) : null)
        ?? throw RuleViolationException.Of("merchantPaymentRequestId", RuleCodes.RequestUnknown);

    /// <summary>Notes who the request is there; answers its invoice where that was not known before, and whether it asks there for something else than here.</summary>
    private async Task<(Invoice? Asked, bool AsksElse)> IdentifyAsync(PaymentRequest request, GatewayRequest state, CancellationToken cancellationToken)
    {
        var iban = Iban.TryParse(state.VirtualIban) ?? state.VirtualIban;
        if (request.GatewayRequestId is not null && (iban is null || request.VirtualIban == iban) && request.GatewayEndpoint == state.Endpoint)
        {
            return (null, false);
        }

        var isNew = request.GatewayRequestId is null;
        var known = records.Update(request with { GatewayRequestId = state.Id, GatewayEndpoint = state.Endpoint, VirtualIban = iban ?? request.VirtualIban });
        var invoice = isNew ? await records.FindAsync<Invoice>(known.InvoiceId, cancellationToken) : null;
        if (isNew)
        {
            records.Raise(Happened.To(known, EventNames.RequestCreated, time.GetUtcNow(), known.Amount, new { invoice?.Number }));
        }

        if (isNew && known.RequestStatus != RequestStatus.Active && state.RequestStatus == Active)
        {
            // Ended here while it was on its way there: nobody is to pay it.
            records.Ask(PaymentRequests.CancelAtGateway(known, time.GetUtcNow(), $"cancel-request/{known.Id:N}/found"));
        }

        return (invoice, state.Amount is { } asked && asked != known.Amount - known.Paid);
    }

    private async Task EndAsync(Guid requestId, GatewayRequest state, CancellationToken cancellationToken)
    {
        var request = await records.FindAsync<PaymentRequest>(requestId, cancellationToken);
        var (happened, reason) = (state.RequestStatus, state.PaymentStatus) switch
        {
            (Canceled, _) => (RequestEvent.Cancelled, "cancelled"),
            (Closed, Unpaid) => (RequestEvent.Expired, "expired"),

            // Closed as paid while we miss money: a transfer that is told on its own is on its way.
            _ => ((RequestEvent?)null, ""),
        };
        if (request is { RequestStatus: RequestStatus.Active } && happened is { } end)
        {
            var ended = records.Update(RequestLife.After(request, end));
            records.Raise(Happened.To(ended, EventNames.RequestClosed, time.GetUtcNow(), ended.Amount, new { reason }));
        }
    }
}
