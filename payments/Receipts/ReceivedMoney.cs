using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>Money that came in, and what is known about what it is for.</summary>
public sealed record ReceivedMoney
{
    /// <summary>Its identity where it happened; the same money is booked once.</summary>
    public required string SourceKey { get; init; }

    /// <summary>How it was paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>What came in, above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it came in (business time).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The payment request it was paid on; null when unknown.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Whether the gateway counts it on that request too; where it does not, the request is ended or replaced there.</summary>
    public bool CountedAtGateway { get; init; } = true;

    /// <summary>The invoice it is for; taken from the request where that is known.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The bank transfer that brought it; null for what came otherwise.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>Who paid; taken from the invoice where that is known.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The account it is on now. A transfer that was taken in before is on <see cref="LedgerAccount.UnallocatedReceipts"/>.</summary>
    public LedgerAccount HeldOn { get; init; } = LedgerAccount.GatewayClearing;

    /// <summary>What the payer or the source calls it; null for the invoice's number.</summary>
    public string? Reference { get; init; }
}

/// <summary>How money was booked.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Allocated">What of it paid the invoice.</param>
/// <param name="Credited">What of it became the customer's credit.</param>
/// <param name="InvoicePaid">Whether nothing is owed on its invoice any more.</param>
/// <param name="BookedBefore">Whether it was booked before, so that nothing changed.</param>
public sealed record Booking(Payment Payment, Money Allocated, Money Credited, bool InvoicePaid, bool BookedBefore);
