using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>
/// Takes money off the debt it was booked to: the entry is reversed, never deleted; the invoice is owed again, its scenario
/// begins anew where it had ended, third parties' shares in the money follow, and the ERP that was told of a payment is told of this too.
/// </summary>
public sealed class ReceiptUndo(IMerchantRecords records, ILedger ledger, TimeProvider time, InvoiceReopening reopening, AuditLog audit, SplitBook splits)
{
    /// <summary>
    /// Appends what follows. Throws <see cref="RuleViolationException"/> on the field <c>transferId</c> when the customer's
    /// credit that came of it is used already, and for a payment that was refunded or contested meanwhile.
    /// </summary>
    internal async Task TakeBackAsync(Payment payment, CancellationToken cancellationToken)
    {
        if (!PaymentLife.Table.Allows(payment.State, PaymentEvent.Unmatch))
        {
            throw RuleViolationException.Of("transferId", RuleCodes.StateRefuses, ("state", $"{payment.State}"), ("event", $"{PaymentEvent.Unmatch}"));
        }

        var invoice = payment.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        if (invoice is null)
        {
            throw RuleViolationException.Of("transferId", RuleCodes.TransferNotMatched);
        }

        var credit = await CorrectionCredit.GoingWithAsync(records, invoice, payment, cancellationToken);
        await RefuseUsedCreditAsync(payment, credit, cancellationToken);
        var now = time.GetUtcNow();
        var key = Postings.KeyOf(payment);
        var entry = (await ledger.OfInvoiceAsync(invoice.Id, cancellationToken)).Single(entry => entry.Key == key);
        records.Post(Postings.Reversal(entry, now));
        if (credit.IsPositive)
        {
            records.Post(Postings.CreditTakenBack(payment, credit, now));
        }

        var off = records.Update(payment with { State = PaymentLife.Table.After(payment.State, PaymentEvent.Unmatch) });
        await TakeOffRequestAsync(off, cancellationToken);
        var owedAgain = payment.Allocated - credit;
        if (owedAgain.IsPositive)
        {
            await ReopenAsync(invoice, payment, owedAgain, now, cancellationToken);
        }

        if (await records.FindAsync<Invoice>(invoice.Id, cancellationToken) is { } owed)
        {
            await AskedAmounts.FollowAsync(records, [owed], now, payment.RequestId, cancellationToken);
        }

        audit.Write("payment.unmatched", $"payment:{payment.Id}", new { payment.Amount.AmountMinor, payment.Amount.Currency, payment.InvoiceId });
    }

    private async Task RefuseUsedCreditAsync(Payment payment, Money correctionCredit, CancellationToken cancellationToken)
    {
        var needed = payment.Amount - payment.Allocated + correctionCredit;
        if (needed.IsZero || payment.CustomerId is null)
        {
            return;
        }

        var balances = await ledger.BalanceAsync(LedgerAccount.CustomerCredit, payment.CustomerId, null, cancellationToken);
        if (-balances.GetValueOrDefault(needed.Currency) < needed.AmountMinor)
        {
            throw RuleViolationException.Of("transferId", RuleCodes.CreditUsed);
        }
    }

    private async Task TakeOffRequestAsync(Payment off, CancellationToken cancellationToken)
    {
        if (off.RequestId is not { } requestId || await records.FindAsync<PaymentRequest>(requestId, cancellationToken) is not { } request || request.Amount.Currency != off.Amount.Currency)
        {
            return;
        }

        var others = await records.ListAsync<Payment>(payment => payment.RequestId == requestId && payment.State != PaymentState.Unmatched, cancellationToken: cancellationToken);
        var left = others.Where(payment => payment.Amount.Currency == request.Amount.Currency).Aggregate(Money.Zero(request.Amount.Currency), (sum, payment) => sum + payment.Amount);
        var happened = left.IsZero ? RequestEvent.AllTakenBack : RequestEvent.PartTakenBack;
        if (RequestLife.Table.Allows(RequestLife.StandingOf(request), happened))
        {
            records.Update(RequestLife.After(request with { Paid = Money.Min(left, request.Amount) }, happened));
        }
    }

    private async Task ReopenAsync(Invoice invoice, Payment payment, Money owedAgain, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reopened = records.Update(InvoiceLife.WithOpen(invoice, (invoice.Open + owedAgain).AmountMinor, now));
        await splits.ReviewAsync([reopened.Id], cancellationToken);
        await reopening.AppendAsync(reopened, invoice.Status == InvoiceStatus.Paid, "unmatched", $"reopened/{payment.Id:N}", payment.TransferId, cancellationToken);
    }
}
