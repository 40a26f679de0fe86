namespace CentralPay.Workflows.Payments.Ledger;

/// <summary>A change of money: two or more lines whose debits equal their credits in each currency. Never changed, only reversed.</summary>
public sealed record LedgerEntry
{
    /// <summary>The entry's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The merchant whose books it stands in.</summary>
    public required Guid MerchantId { get; init; }

    /// <summary>Unique in a merchant: the same fact is booked once (<c>payment:0192…</c>).</summary>
    public required string Key { get; init; }

    /// <summary>What happened (<c>invoice</c>, <c>payment</c>, <c>correction</c>, <c>credit</c>, <c>reversal</c>, <c>share</c>, <c>payout</c>).</summary>
    public required string Kind { get; init; }

    /// <summary>When it is booked (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The entry this one takes back; null for none.</summary>
    public Guid? ReversesId { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<LedgerLine> Lines { get; init; }
}

/// <summary>One line: an account, and how much on its debit (positive) or credit (negative) side.</summary>
public sealed record LedgerLine
{
    /// <summary>The account.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Debit above zero, credit below, in minor units; never zero.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The customer the line concerns; null for none.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice the line concerns; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The third party or own account the line concerns; null for none.</summary>
    public Guid? BeneficiaryId { get; init; }
}

/// <summary>The accounts of a merchant's collection books.</summary>
public enum LedgerAccount
{
    /// <summary>What customers owe (asset).</summary>
    Receivable = 1,

    /// <summary>Sales the receivables came from: the other side of an invoice (income).</summary>
    Sales = 2,

    /// <summary>Collected by the gateway, not yet paid out (asset).</summary>
    GatewayClearing = 3,

    /// <summary>The merchant's bank account (asset).</summary>
    Bank = 4,

    /// <summary>Money received whose debt is not known yet (liability).</summary>
    UnallocatedReceipts = 5,

    /// <summary>What the merchant owes customers who paid too much (liability).</summary>
    CustomerCredit = 6,

    /// <summary>What is owed to third parties from splits (liability).</summary>
    ThirdPartyPayable = 7,

    /// <summary>Fees (expense).</summary>
    Fees = 8,

    /// <summary>Given up (expense).</summary>
    WriteOff = 9,

    /// <summary>Held back by disputes (asset).</summary>
    Dispute = 10,

    /// <summary>Shares of sales that third parties get (expense).</summary>
    ThirdPartyShares = 11,
}

/// <summary>Reads of one merchant's ledger. Scoped to a merchant.</summary>
public interface ILedger
{
    /// <summary>Debits less credits of an account, in minor units by currency; of one customer or invoice where given. Sees what was appended.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> BalanceAsync(LedgerAccount account, Guid? customerId, Guid? invoiceId, CancellationToken cancellationToken = default);

    /// <summary>The balance of every account by currency, over committed entries; their sum is zero in each currency.</summary>
    ValueTask<IReadOnlyList<AccountBalance>> TrialBalanceAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The same of a whole account, but of its debits only those booked before an instant: what is there to be paid out when
    /// what came in later is not available yet. Sees what was appended.
    /// </summary>
    ValueTask<IReadOnlyDictionary<string, long>> AvailableAsync(LedgerAccount account, DateTimeOffset debitsBefore, CancellationToken cancellationToken = default);

    /// <summary>Debits less credits of an account for each beneficiary and currency, over committed entries.</summary>
    ValueTask<IReadOnlyList<BeneficiaryAccountBalance>> OfBeneficiariesAsync(LedgerAccount account, CancellationToken cancellationToken = default);

    /// <summary>Committed entries, newest first, from just before <paramref name="before"/>; a page of at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> PageAsync(Guid? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Entries that touch an invoice, oldest first.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> OfInvoiceAsync(Guid invoiceId, CancellationToken cancellationToken = default);
}

/// <summary>The balance of an account in a currency.</summary>
public sealed record AccountBalance(LedgerAccount Account, string Currency, long BalanceMinor);

/// <summary>The balance of one beneficiary in an account and a currency.</summary>
public sealed record BeneficiaryAccountBalance(Guid BeneficiaryId, string Currency, long BalanceMinor);
