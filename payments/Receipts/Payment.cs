using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>Money that was received from a payer.</summary>
public sealed record Payment : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The payment's identity where it happened (gateway transaction or transfer id). Unique in a merchant: booked once.</summary>
    public required string SourceKey { get; init; }

    /// <summary>How it was paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>What was received.</summary>
    public required Money Amount { get; init; }

    /// <summary>What of it paid an invoice; the rest is credit or unallocated.</summary>
    public required Money Allocated { get; init; }

    /// <summary>How far it is; money that is booked was captured.</summary>
    public PaymentState State { get; init; } = PaymentState.Captured;

    /// <summary>When it was received (business time).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The payment request it was paid on; null when unknown.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The invoice it paid; null when unknown.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The bank transfer that brought it; null for what came otherwise.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>The customer who paid; null when unknown.</summary>
    public Guid? CustomerId { get; init; }
}

/// <summary>How a payer paid.</summary>
public enum PaymentMethod
{
    /// <summary>A card, on the gateway's page.</summary>
    Card,

    /// <summary>A SEPA credit transfer.</summary>
    Transfer,

    /// <summary>A SEPA direct debit.</summary>
    DirectDebit,
}
