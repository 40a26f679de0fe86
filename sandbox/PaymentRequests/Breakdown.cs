namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>One payer's part of a payment request, with the page made for that payer.</summary>
public sealed class Breakdown
{
    public long Number { get; init; }
    public long PaymentRequestNumber { get; init; }
    public PaymentRequest PaymentRequest { get; init; } = null!;
    public required Guid PaymentRequestBreakdownId { get; init; }
    public Guid? CustomerId { get; init; }

    /// <summary>This payer's share in cents; null when the payer chooses how much to pay.</summary>
    public long? Amount { get; init; }

    public bool Initiator { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public DateTimeOffset? LastEnteringDate { get; set; }
    public DateTimeOffset? LastPaymentAttempt { get; set; }
    public int View { get; set; }
    public List<BreakdownPayment> Payments { get; init; } = [];

    public long PaidAmount => Payments.Where(payment => !payment.Canceled).Sum(payment => payment.Amount);

    /// <summary>What this payer may still pay, in cents: never more than the request still lacks.</summary>
    public long AmountLeft => Math.Min(PaymentRequest.AmountLeft, Amount is { } amount ? Math.Max(0, amount - PaidAmount) : PaymentRequest.AmountLeft);

    public bool Paid => Amount is { } amount ? PaidAmount >= amount : PaymentRequest.AmountLeft == 0;
}

/// <summary>Money that arrived for a breakdown: a card transaction or (a share of) a bank transfer.</summary>
public sealed class BreakdownPayment
{
    public long Number { get; init; }
    public long BreakdownNumber { get; init; }
    public required Guid Uuid { get; init; }
    public required string PaymentMethod { get; init; }
    public required long Amount { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public bool Canceled { get; set; }
}
