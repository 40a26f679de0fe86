using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>One booking of a third party's share in an invoice: what it came to, or by how much it changed. An operation of a payout.</summary>
public sealed record Split : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Unique in a merchant: booked once however often asked.</summary>
    public required string Key { get; init; }

    /// <summary>Whose share it is.</summary>
    public required Guid BeneficiaryId { get; init; }

    /// <summary>The invoice that was paid.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The customer who paid it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>A share, or a share taken back.</summary>
    public required SplitKind Kind { get; init; }

    /// <summary>What was collected on the invoice, of which this is the share.</summary>
    public required Money Basis { get; init; }

    /// <summary>The share in basis points; 0 where a fixed sum is given.</summary>
    public required int BasisPoints { get; init; }

    /// <summary>The fixed sum in minor units; null for a part.</summary>
    public long? FixedMinor { get; init; }

    /// <summary>Where the remainder went.</summary>
    public required ShareRounding Rounding { get; init; }

    /// <summary>What the third party gets by this booking; below zero when it is taken back.</summary>
    public required Money Amount { get; init; }

    /// <summary>From when it can be paid out (business time): the day the customer's money is there.</summary>
    public required DateTimeOffset AvailableAt { get; init; }

    /// <summary>When it was booked (business time).</summary>
    public required DateTimeOffset BookedAt { get; init; }

    /// <summary>The payout it is an operation of; null while in none.</summary>
    public Guid? PayoutId { get; init; }

    /// <summary>The case that asked for it; null where a person did, or where it follows from a reversal.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Who published the scenario that asked for it, by identity: they count as its creator.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>Who asked for it, by identity.</summary>
    public required string AskedBy { get; init; }

    /// <summary>How large the share is.</summary>
    public ShareTerms Terms() => new(BasisPoints, FixedMinor, Rounding);
}

/// <summary>What a booking of a share is.</summary>
public enum SplitKind
{
    /// <summary>A share in money that came in.</summary>
    Share,

    /// <summary>A share in money that was taken back: the next payout nets it.</summary>
    TakenBack,
}
