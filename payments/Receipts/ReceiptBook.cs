using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>
/// Books money that came in: on its invoice as far as something is owed, the rest as the customer's credit, never written off.
/// Money counts whenever it comes, also on a request that has ended. The same money is booked once.
/// </summary>
public sealed class ReceiptBook(IMerchantRecords records, TimeProvider time, InvoiceSettlement settlement, ErpCallbacks callbacks, AuditLog audit, SplitBook splits)
{
    /// <summary>
    /// Appends the payment, its ledger entry, the states that follow and their events. Callers that meet a
    /// <see cref="RecordConflictException"/> at their commit begin again. Throws <see cref="RuleViolationException"/> for an
    /// amount that is not above zero, and for a request or invoice that is not there.
    /// </summary>
    public async Task<Booking> BookAsync(ReceivedMoney money, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(money);
        if (!money.Amount.IsPositive)
        {
            throw RuleViolationException.Of("amount", money.Amount.IsZero ? RuleCodes.AmountZero : RuleCodes.AmountNegative);
        }

        if (await BookedBeforeAsync(money, cancellationToken) is { } before)
        {
            return before;
        }

        var request = await RequestAsync(money, cancellationToken);
        var invoice = await InvoiceAsync(money, request, cancellationToken);
        request ??= await ActiveRequestAsync(invoice, cancellationToken);

        var customerId = invoice?.CustomerId ?? money.CustomerId;
        var payment = Paid(money, request, invoice, customerId);
        var credited = customerId is null ? Money.Zero(money.Amount.Currency) : money.Amount - payment.Allocated;
        records.Add(payment);
        records.Post(Postings.PaymentReceived(payment, credited, money.HeldOn));
        records.Raise(Event(EventNames.PaymentReceived, payment, money.Amount, new { method = money.Method, reference = money.Reference ?? invoice?.Number ?? money.SourceKey }));

        var paid = Reduced(invoice, payment.Allocated);
        var countedAtGateway = money is { RequestId: not null, CountedAtGateway: true };
        Advance(request, payment, paid, countedAtGateway);
        if (credited.IsPositive)
        {
            records.Raise(Event(EventNames.CreditCreated, payment, credited, new { method = money.Method, paymentId = payment.Id }));
        }

        var isNowPaid = paid is { Status: InvoiceStatus.Paid } && invoice!.Status != InvoiceStatus.Paid;
        await settlement.SettleAsync(isNowPaid ? [paid!] : [], request?.Id, cancellationToken);
        if (payment.Allocated.IsPositive)
        {
            await AskedAmounts.FollowAsync(records, [paid!], time.GetUtcNow(), countedAtGateway ? null : request?.Id, cancellationToken);
        }

        audit.Write("payment.booked", $"payment:{payment.Id}", new { payment.Amount.AmountMinor, payment.Amount.Currency, payment.InvoiceId, creditedMinor = credited.AmountMinor });
        return new Booking(payment, payment.Allocated, credited, paid is { Status: InvoiceStatus.Paid }, BookedBefore: false);
    }

    /// <summary>
    /// Appends that the payer's bank took a payment back: the ledger's counter-entry, what is owed again, the events, and that the
    /// ERP is told. The same return is booked once. Answers whether the payer may have the money twice, because it had been given back before. Throws
    /// <see cref="RuleViolationException"/> when there is no such payment.
    /// </summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="reason">Why, as a code (<c>MD06</c>).</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> TakeBackAsync(Guid paymentId, string reason, CancellationToken cancellationToken = default)
    {
        var payment = await records.FindAsync<Payment>(paymentId, cancellationToken) ?? throw RuleViolationException.Of("paymentId", RuleCodes.PaymentUnknown);
        if (payment.State == PaymentState.Returned)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var givenBackBefore = payment.State is PaymentState.PartlyRefunded or PaymentState.Refunded;
        var invoice = payment.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        var (owedAgain, correctionCredit) = await OwedAgainAsync(payment, invoice, cancellationToken);
        records.Post(Postings.PaymentReturned(payment, owedAgain, correctionCredit, now));
        records.Update(payment with { State = PaymentLife.Table.After(payment.State, PaymentEvent.Return) });
        records.Raise(Event(EventNames.PaymentReturned, payment, payment.Amount, new { method = payment.Method, reason, doubleRefundRisk = givenBackBefore }));
        if (owedAgain.IsPositive)
        {
            var reopened = records.Update(InvoiceLife.WithOpen(invoice!, (invoice!.Open + owedAgain).AmountMinor, now));
            records.Raise(Happened.To(reopened, EventNames.InvoiceReopened, now, owedAgain, new { reopened.Number, reason }));
            await splits.ReviewAsync([reopened.Id], cancellationToken);
            await callbacks.AskAsync(EventNames.InvoiceReopened, reopened.Id, $"reopened/{payment.Id:N}", null, cancellationToken);
        }

        await TakeBackFromRequestAsync(payment, cancellationToken);
        if (invoice is not null && await records.FindAsync<Invoice>(invoice.Id, cancellationToken) is { } owed)
        {
            await AskedAmounts.FollowAsync(records, [owed], now, payment.RequestId, cancellationToken);
        }

        audit.Write("payment.returned", $"payment:{payment.Id}", new { reason, owedAgainMinor = owedAgain.AmountMinor, givenBackBefore });
        return givenBackBefore;
    }

    /// <summary>What of a payment that goes is owed again, and what a correction had made the customer's credit.</summary>
    private async Task<(Money OwedAgain, Money CorrectionCredit)> OwedAgainAsync(Payment payment, Invoice? invoice, CancellationToken cancellationToken)
    {
        if (invoice is null or { Status: InvoiceStatus.Cancelled } || payment.Allocated.IsZero)
        {
            return (Money.Zero(payment.Amount.Currency), Money.Zero(payment.Amount.Currency));
        }

        var credit = await CorrectionCredit.GoingWithAsync(records, invoice, payment, cancellationToken);
        return (Money.Min(payment.Allocated - credit, invoice.Amount - invoice.Open), credit);
    }

    private async Task TakeBackFromRequestAsync(Payment payment, CancellationToken cancellationToken)
    {
        if (payment.RequestId is not { } requestId || await records.FindAsync<PaymentRequest>(requestId, cancellationToken) is not { } request || request.Paid.Currency != payment.Amount.Currency)
        {
            return;
        }

        var left = request with { Paid = request.Paid - Money.Min(payment.Amount, request.Paid) };
        var happened = left.Paid.IsZero ? RequestEvent.AllTakenBack : RequestEvent.PartTakenBack;
        if (RequestLife.Table.Allows(RequestLife.StandingOf(left), happened))
        {
            records.Update(RequestLife.After(left, happened));
        }
    }

    private async Task<Booking?> BookedBeforeAsync(ReceivedMoney money, CancellationToken cancellationToken)
    {
        var sourceKey = money.SourceKey;
        var payments = await records.ListAsync<Payment>(payment => payment.SourceKey == sourceKey, 1, cancellationToken);
        if (payments.Count == 0)
        {
            return null;
        }

        var payment = payments[0];
        var invoice = payment.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        var credited = payment.CustomerId is null ? Money.Zero(payment.Amount.Currency) : payment.Amount - payment.Allocated;
        return new Booking(payment, payment.Allocated, credited, invoice is { Status: InvoiceStatus.Paid }, BookedBefore: true);
    }

    private async Task<PaymentRequest?> RequestAsync(ReceivedMoney money, CancellationToken cancellationToken) =>
        money.RequestId is not { } requestId ? null
            : await records.FindAsync<PaymentRequest>(requestId, cancellationToken) ?? throw RuleViolationException.Of("requestId", RuleCodes.RequestUnknown);

    private async Task<Invoice?> InvoiceAsync(ReceivedMoney money, PaymentRequest? request, CancellationToken cancellationToken) =>
        (request?.InvoiceId ?? money.InvoiceId) is not { } invoiceId ? null
            : await records.FindAsync<Invoice>(invoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);

    /// <summary>Money that found its invoice without the gateway also counts on the request that asks for it.</summary>
    private async Task<PaymentRequest?> ActiveRequestAsync(Invoice? invoice, CancellationToken cancellationToken)
    {
        if (invoice is null)
        {
            return null;
        }

        var invoiceId = invoice.Id;
        var active = await records.ListAsync<PaymentRequest>(request => request.InvoiceId == invoiceId && request.RequestStatus == RequestStatus.Active, cancellationToken: cancellationToken);
        return active.Count == 0 ? null : active[^1];
    }

    private Payment Paid(ReceivedMoney money, PaymentRequest? request, Invoice? invoice, Guid? customerId)
    {
        // A withdrawn invoice takes no money, nor does one in another currency: that becomes credit.
        var takes = invoice is not null && invoice.Status != InvoiceStatus.Cancelled && invoice.Open.Currency == money.Amount.Currency;
        return new Payment
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            SourceKey = money.SourceKey,
            Method = money.Method,
            Amount = money.Amount,
            Allocated = takes ? Money.Min(money.Amount, invoice!.Open) : Money.Zero(money.Amount.Currency),
            ReceivedAt = money.ReceivedAt,
            RequestId = request?.Id,
            InvoiceId = invoice?.Id,
            TransferId = money.TransferId,
            CustomerId = customerId,
        };
    }

    private Invoice? Reduced(Invoice? invoice, Money allocated) =>
        invoice is null || allocated.IsZero ? invoice : records.Update(InvoiceLife.WithOpen(invoice, (invoice.Open - allocated).AmountMinor, time.GetUtcNow()));

    private void Advance(PaymentRequest? request, Payment payment, Invoice? invoice, bool knownToGateway)
    {
        if (request is null || request.Amount.Currency != payment.Amount.Currency)
        {
            return;
        }

        var wasActive = request.RequestStatus == RequestStatus.Active;
        var counted = request with { Paid = request.Paid + Money.Min(payment.Amount, request.Amount - request.Paid) };
        var settled = counted.Paid == counted.Amount || invoice is { Status: InvoiceStatus.Paid };
        var next = records.Update(RequestLife.After(counted, settled ? RequestEvent.AllReceived : RequestEvent.PartReceived));
        var now = time.GetUtcNow();
        if (!settled)
        {
            records.Raise(Happened.To(next, EventNames.RequestPartlyPaid, now, payment.Amount, new { paidMinor = next.Paid.AmountMinor, remainingMinor = (next.Amount - next.Paid).AmountMinor }));
            return;
        }

        if (request.PaymentStatus != RequestPaymentStatus.Paid)
        {
            records.Raise(Happened.To(next, EventNames.RequestPaid, now, payment.Amount, new { paidMinor = next.Paid.AmountMinor }));
        }

        if (wasActive && !knownToGateway)
        {
            records.Ask(PaymentRequests.CancelAtGateway(next, now));
        }
    }

    private DomainEvent Event(string name, Payment payment, Money amount, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = payment.MerchantId,
        Name = name,
        At = time.GetUtcNow(),
        CustomerId = payment.CustomerId,
        InvoiceId = payment.InvoiceId,
        SubjectId = payment.Id,
        AmountMinor = amount.AmountMinor,
        Currency = amount.Currency,
        DataJson = DomainJson.Write(data),
    };
}
