using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>A bank transfer that came in, as the bank or gateway told it.</summary>
public sealed record IncomingTransfer : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The transfer's identity where it was told (gateway id, or statement entry). Unique in a merchant: taken in once.</summary>
    public required string SourceKey { get; init; }

    /// <summary>What came in.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it was booked by the bank.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The account it came in on: a virtual IBAN names its debt.</summary>
    public string? CreditorIban { get; init; }

    /// <summary>The payer's name.</summary>
    public string? DebtorName { get; init; }

    /// <summary>The payer's IBAN.</summary>
    public string? DebtorIban { get; init; }

    /// <summary>What the payer wrote.</summary>
    public string? Remittance { get; init; }

    /// <summary>The payer's end-to-end id; null when not provided.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>Other references it carries (instruction, transaction, bank), separated by spaces; null for none.</summary>
    public string? OtherReferences { get; init; }

    /// <summary>The source key under which the other side (bank statement or gateway) told the same transfer; null while only one did.</summary>
    public string? AlsoToldAs { get; init; }

    /// <summary>How it stands.</summary>
    public TransferStatus Status { get; init; } = TransferStatus.Received;

    /// <summary>Why it was matched, or why it was not: reason codes with their values, as JSON.</summary>
    public string ReasonsJson { get; init; } = "[]";

    /// <summary>The invoice it was matched to; null while none, and for several.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The customer whose debts it paid: from now on the payer's account is known as theirs. Null while none, and for several customers.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Who decided; null while nobody had to.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>How often its match was taken back.</summary>
    public int Undone { get; init; }

    /// <summary>The payment that booked it, the first of several; null while none.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>When we learned of it (business time).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>How an incoming transfer stands.</summary>
public enum TransferStatus
{
    /// <summary>Taken in; nobody looked for its invoice yet.</summary>
    Received,

    /// <summary>Booked to its invoice.</summary>
    Matched,

    /// <summary>A person must decide.</summary>
    ToDecide,
}
