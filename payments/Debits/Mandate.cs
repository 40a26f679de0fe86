using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>
/// A SEPA mandate: the customer's leave to debit an account. The gateway has it signed by a one-time code and keeps the IBAN;
/// here stands what is needed to use it and to recognise it.
/// </summary>
public sealed record Mandate : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The customer who signs it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The invoice it was asked for; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The unique mandate reference (UMR): at most 35 characters, unique in a merchant.</summary>
    public required string Reference { get; init; }

    /// <summary>The scheme its debits run under.</summary>
    public required MandateScheme Scheme { get; init; }

    /// <summary>How it stands.</summary>
    public MandateStatus Status { get; init; } = MandateStatus.Draft;

    /// <summary>The link token of the payment page that the payer goes back to after signing; null for none.</summary>
    public string? ReturnToken { get; init; }

    /// <summary>The gateway's identity for it; null until it is created there.</summary>
    public string? GatewayMandateId { get; init; }

    /// <summary>The gateway's page on which it is signed; null until it is created there.</summary>
    public string? GatewayEndpoint { get; init; }

    /// <summary>Whose account it is, as signed; null until then.</summary>
    public string? DebtorName { get; init; }

    /// <summary>The last four characters of the account's IBAN; null until it is signed. The whole of it stays at the gateway.</summary>
    public string? AccountEnding { get; init; }

    /// <summary>When it was signed (business time); null until then.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>The last day a debit on it was or is due; null for never.</summary>
    public DateOnly? LastUsedOn { get; init; }

    /// <summary>When it was asked for (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended (business time); null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended, as a code: <c>cancelled</c>, <c>unused</c>, or the reason code of a debit; null until then.</summary>
    public string? EndReason { get; init; }

    /// <summary>When the payer's browser last came back from the gateway's page (business time): a reason to ask the gateway.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }
}

/// <summary>The schemes of SEPA direct debit.</summary>
public enum MandateScheme
{
    /// <summary>For everybody: returned without a question within 8 weeks.</summary>
    Core,

    /// <summary>Between businesses: an authorised debit is not refunded.</summary>
    B2B,
}

/// <summary>How a mandate stands.</summary>
public enum MandateStatus
{
    /// <summary>Asked for, not signed.</summary>
    Draft,

    /// <summary>Signed: it can be used.</summary>
    Valid,

    /// <summary>Not used for 36 months.</summary>
    Expired,

    /// <summary>Withdrawn by one side, or refused by the debtor's bank.</summary>
    Cancelled,
}
