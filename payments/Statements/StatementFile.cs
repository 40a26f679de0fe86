using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>One bank statement as its file tells it.</summary>
public sealed record StatementRead
{
    /// <summary>The statement's identity at the bank (<c>Stmt/Id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Its number in the account's order; null where the bank gives none.</summary>
    public string? Number { get; init; }

    /// <summary>The account: its IBAN, or the bank's own number of it.</summary>
    public required string Account { get; init; }

    /// <summary>The first day it covers.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day it covers.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What was on the account before; null where the bank does not say.</summary>
    public Money? Opening { get; init; }

    /// <summary>What was on the account after; null where the bank does not say.</summary>
    public Money? Closing { get; init; }

    /// <summary>Its booked movements, in their order. A collective booking is as many movements as it has payers.</summary>
    public required IReadOnlyList<StatementEntry> Entries { get; init; }

    /// <summary>Bookings that the bank only announces (pending, for information): left for the statement that books them.</summary>
    public int Announced { get; init; }
}

/// <summary>One booked movement of an account.</summary>
public sealed record StatementEntry
{
    /// <summary>What it is known by, however many statements tell it: 32 hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>Which way the money went, and whether it takes something back.</summary>
    public required MovementKind Kind { get; init; }

    /// <summary>How much, above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The account it came in on: a virtual IBAN where the bank tells one.</summary>
    public required string Account { get; init; }

    /// <summary>The other party's name.</summary>
    public string? PartyName { get; init; }

    /// <summary>The other party's IBAN.</summary>
    public string? PartyIban { get; init; }

    /// <summary>What the payer wrote, free and structured.</summary>
    public string? Remittance { get; init; }

    /// <summary>The payer's end-to-end id; null when not provided.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>Other references a match may be found by: instruction, transaction and bank references, separated by spaces.</summary>
    public string? OtherReferences { get; init; }
}

/// <summary>Which way money of a statement went.</summary>
public enum MovementKind
{
    /// <summary>Money came in.</summary>
    Credit,

    /// <summary>Money went out.</summary>
    Debit,

    /// <summary>Money that had come in was taken back.</summary>
    CreditReversal,

    /// <summary>Money that had gone out came back.</summary>
    DebitReversal,
}
