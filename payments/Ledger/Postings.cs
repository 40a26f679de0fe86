using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Ledger;

/// <summary>How each fact of the collection business is booked. Pure: facts in, a checked entry out.</summary>
public static class Postings
{
    /// <summary>An invoice came in: receivable against sales.</summary>
    public static LedgerEntry InvoiceIssued(Invoice invoice, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return Entry(invoice.MerchantId, $"invoice:{invoice.Id:N}", "invoice", at,
            Receivable(invoice, invoice.Amount),
            Line(LedgerAccount.Sales, -invoice.Amount, invoice.CustomerId, invoice.Id));
    }

    /// <summary>
    /// An invoice came again with another amount: the difference, receivable against sales; what was paid beyond the new
    /// amount goes from the receivable to the customer's credit, and comes back from there when more is asked again.
    /// </summary>
    /// <param name="before">The invoice as it stood.</param>
    /// <param name="amount">Its new amount, different from the old one.</param>
    /// <param name="creditBack">What earlier corrections had made credit and now pays the invoice again; zero for none.</param>
    /// <param name="at">When (business time).</param>
    public static LedgerEntry InvoiceCorrected(Invoice before, Money amount, Money creditBack, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(before);
        var difference = amount - before.Amount;
        var openAfter = before.Open + difference;
        var overpaid = openAfter.AmountMinor < 0 ? -openAfter : Money.Zero(amount.Currency);
        return Entry(before.MerchantId, $"correction:{before.Id:N}:{before.Revision}", "correction", at,
            Receivable(before, difference + overpaid - creditBack),
            Line(LedgerAccount.CustomerCredit, creditBack - overpaid, before.CustomerId, before.Id),
            Line(LedgerAccount.Sales, -difference, before.CustomerId, before.Id));
    }

    /// <summary>Money came in: what paid the invoice, what is the customer's credit, and what nobody knows the debt of.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="credited">What of it became the customer's credit; the rest beyond the allocated is unallocated.</param>
    /// <param name="heldOn">The account the money is on; <see cref="LedgerAccount.UnallocatedReceipts"/> when it was taken in before.</param>
    public static LedgerEntry PaymentReceived(Payment payment, Money credited, LedgerAccount heldOn)
    {
        ArgumentNullException.ThrowIfNull(payment);
        var unallocated = payment.Amount - payment.Allocated - credited;
        return Entry(payment.MerchantId, KeyOf(payment), "payment", payment.ReceivedAt,
            Line(heldOn, payment.Amount, null, null),
            Line(LedgerAccount.Receivable, -payment.Allocated, payment.CustomerId, payment.InvoiceId),
            Line(LedgerAccount.CustomerCredit, -credited, payment.CustomerId, payment.InvoiceId),
            Line(LedgerAccount.UnallocatedReceipts, -unallocated, null, null));
    }

    /// <summary>A transfer came in whose debt is not known yet: it is held until it is matched.</summary>
    public static LedgerEntry TransferReceived(IncomingTransfer transfer, LedgerAccount heldOn, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return Entry(transfer.MerchantId, $"transfer:{transfer.SourceKey}", "transfer", at,
            Line(heldOn, transfer.Amount, null, null),
            Line(LedgerAccount.UnallocatedReceipts, -transfer.Amount, null, null));
    }

    /// <summary>A third party's share in money that was collected: an expense, owed to them. Below zero the other way, when money was taken back.</summary>
    public static LedgerEntry ShareBooked(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Entry(split.MerchantId, $"split:{split.Id:N}", "share", split.BookedAt,
            Line(LedgerAccount.ThirdPartyShares, split.Amount, split.CustomerId, split.InvoiceId) with { BeneficiaryId = split.BeneficiaryId },
            Line(LedgerAccount.ThirdPartyPayable, -split.Amount, null, split.InvoiceId) with { BeneficiaryId = split.BeneficiaryId });
    }

    /// <summary>A payout that was paid: to a third party against what they were owed, to an own account from the gateway to the bank.</summary>
    /// <param name="payout">The payout.</param>
    /// <param name="fromGateway">What of it the gateway held; the rest was on the bank account. Not used for an own account.</param>
    /// <param name="at">When (business time).</param>
    public static LedgerEntry PaidOut(Payout payout, Money fromGateway, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(payout);
        var paidFrom = payout.Kind == BeneficiaryKind.OwnAccount ? payout.Amount : fromGateway;
        var settled = payout.Kind == BeneficiaryKind.OwnAccount ? LedgerAccount.Bank : LedgerAccount.ThirdPartyPayable;
        return Entry(payout.MerchantId, $"payout:{payout.Id:N}", "payout", at,
            Line(settled, payout.Amount, null, null) with { BeneficiaryId = payout.BeneficiaryId },
            Line(LedgerAccount.GatewayClearing, -paidFrom, null, null),
            Line(LedgerAccount.Bank, -(payout.Amount - paidFrom), null, null));
    }

    /// <summary>
    /// The payer's bank took a payment back: what it had paid is owed again, what was credited is no credit any more, neither what
    /// a correction had made credit. Where the invoice cannot be owed beyond its amount, because money had been given back before,
    /// the rest is held as a dispute.
    /// </summary>
    /// <param name="payment">The payment, as it was booked.</param>
    /// <param name="owedAgain">What of it is owed again on its invoice, up to what it had paid.</param>
    /// <param name="correctionCredit">What of it a correction had made the customer's credit; zero for none.</param>
    /// <param name="at">When (business time).</param>
    public static LedgerEntry PaymentReturned(Payment payment, Money owedAgain, Money correctionCredit, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(payment);
        var beyond = payment.Amount - payment.Allocated;
        var credited = payment.CustomerId is null ? Money.Zero(payment.Amount.Currency) : beyond;
        return Entry(payment.MerchantId, $"return:{payment.SourceKey}", "return", at,
            Line(LedgerAccount.GatewayClearing, -payment.Amount, null, null),
            Line(LedgerAccount.Receivable, owedAgain, payment.CustomerId, payment.InvoiceId),
            Line(LedgerAccount.CustomerCredit, credited + correctionCredit, payment.CustomerId, payment.InvoiceId),
            Line(LedgerAccount.UnallocatedReceipts, beyond - credited, null, null),
            Line(LedgerAccount.Dispute, payment.Allocated - owedAgain - correctionCredit, payment.CustomerId, payment.InvoiceId));
    }

    /// <summary>
    /// What a correction had made the customer's credit while a payment stood is no credit once the payment is taken off: it
    /// goes back to the receivable.
    /// </summary>
    /// <param name="payment">The payment that was taken off.</param>
    /// <param name="credit">What of it a correction had made credit, above zero.</param>
    /// <param name="at">When (business time).</param>
    public static LedgerEntry CreditTakenBack(Payment payment, Money credit, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return Entry(payment.MerchantId, $"credit-back:{payment.SourceKey}", "credit", at,
            Line(LedgerAccount.CustomerCredit, credit, payment.CustomerId, payment.InvoiceId),
            Line(LedgerAccount.Receivable, -credit, payment.CustomerId, payment.InvoiceId));
    }

    /// <summary>The key under which a payment is booked.</summary>
    public static string KeyOf(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return $"payment:{payment.SourceKey}";
    }

    /// <summary>An entry taken back: the same lines the other way.</summary>
    public static LedgerEntry Reversal(LedgerEntry entry, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var reversal = Entry(entry.MerchantId, $"reversal:{entry.Key}", "reversal", at,
            [.. entry.Lines.Select(line => line with { AmountMinor = checked(-line.AmountMinor) })]);
        return reversal with { ReversesId = entry.Id };
    }

    private static LedgerLine Receivable(Invoice invoice, Money amount) => Line(LedgerAccount.Receivable, amount, invoice.CustomerId, invoice.Id);

    private static LedgerLine Line(LedgerAccount account, Money amount, Guid? customerId, Guid? invoiceId) =>
        new() { Account = account, AmountMinor = amount.AmountMinor, Currency = amount.Currency, CustomerId = customerId, InvoiceId = invoiceId };

    private static LedgerEntry Entry(Guid merchantId, string key, string kind, DateTimeOffset at, params LedgerLine[] lines) =>
        LedgerRules.Checked(new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            MerchantId = merchantId,
            Key = key,
            Kind = kind,
            At = at,
            Lines = [.. lines.Where(line => line.AmountMinor != 0)],
        });
}
