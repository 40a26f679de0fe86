using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>What became of looking for a transfer's invoice.</summary>
public sealed record MatchDecision
{
    /// <summary>The transfer.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>Matched, or for a person to decide.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>The invoice it was matched to; null while none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>Invoices that came into question, the likeliest first; for a person to choose from.</summary>
    public IReadOnlyList<Guid> CandidateInvoiceIds { get; init; } = [];

    /// <summary>Why, in the order of weight.</summary>
    public required IReadOnlyList<MatchReason> Reasons { get; init; }

    /// <summary>How it was booked; null while it is not.</summary>
    public Booking? Booking { get; init; }
}

/// <summary>One reason for or against a match: a code that pages put into words, and the value it speaks of.</summary>
/// <param name="Code">The reason (<see cref="MatchReasons"/>).</param>
/// <param name="Value">What it speaks of (a number, a reference); null for nothing.</param>
public sealed record MatchReason(string Code, string? Value = null);

/// <summary>The reasons for and against a match.</summary>
public static class MatchReasons
{
    /// <summary>It came in on the account number dedicated to this debt.</summary>
    public const string VirtualIban = "virtual-iban";

    /// <summary>It carries the reference of a payment request.</summary>
    public const string Reference = "reference";

    /// <summary>It names the invoice's number.</summary>
    public const string InvoiceNumber = "invoice-number";

    /// <summary>It names a number one typing error away from the invoice's.</summary>
    public const string NumberAlike = "number-alike";

    /// <summary>The amount is what the payer owes in all.</summary>
    public const string PayerTotal = "payer-total";

    /// <summary>The amount is the sum of some of the payer's debts.</summary>
    public const string PayerSeveral = "payer-several";

    /// <summary>The amount is what is owed.</summary>
    public const string AmountExact = "amount-exact";

    /// <summary>The amount is a part of what is owed.</summary>
    public const string AmountPart = "amount-part";

    /// <summary>The amount is more than is owed.</summary>
    public const string AmountAbove = "amount-above";

    /// <summary>The payer is called like the customer.</summary>
    public const string NameAgrees = "name-agrees";

    /// <summary>The customer paid from this account before.</summary>
    public const string IbanKnown = "iban-known";

    /// <summary>It names what looks like an invoice's number and is none.</summary>
    public const string NumberUnknown = "number-unknown";

    /// <summary>Its match was taken back by a person: it is not matched alone any more.</summary>
    public const string Undone = "undone";

    /// <summary>A person decided.</summary>
    public const string DecidedByPerson = "decided-by-person";

    /// <summary>Several debts are named: a tie is never a match.</summary>
    public const string SeveralCandidates = "several-candidates";

    /// <summary>Only a number is named that anything could be, and nothing else agrees.</summary>
    public const string NothingAgrees = "nothing-agrees";

    /// <summary>The invoice that is named is paid already.</summary>
    public const string AlreadyPaid = "already-paid";

    /// <summary>It is in another currency.</summary>
    public const string OtherCurrency = "other-currency";

    /// <summary>Nothing in it leads to a debt.</summary>
    public const string NoCandidate = "no-candidate";

    /// <summary>Every code, for the test that each has a text.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        VirtualIban, Reference, InvoiceNumber, NumberAlike, PayerTotal, PayerSeveral, NumberUnknown, Undone, AmountExact, AmountPart, AmountAbove, NameAgrees, IbanKnown, DecidedByPerson,
        SeveralCandidates, NothingAgrees, AlreadyPaid, OtherCurrency, NoCandidate,
    ];
}
