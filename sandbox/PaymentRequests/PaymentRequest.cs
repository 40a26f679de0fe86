namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>Life of a payment request: can it be paid?</summary>
public enum PaymentRequestStatus { Active, Canceled, Closed }

/// <summary>Money of a payment request: is it paid?</summary>
public enum PaymentStatus { Pending, Partial, Paid, Unpaid }

/// <summary>What ended a request.</summary>
public enum Ending { None, Paid, Expired, Closed, Canceled }

/// <summary>A payment request: what a merchant asks for, from one or several payers.</summary>
public sealed class PaymentRequest
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid PaymentRequestId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required Guid PointOfSaleId { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? LinkExpirationDate { get; init; }
    public DateTimeOffset? EndingDate { get; set; }
    public Guid? ScenarioId { get; init; }
    public DateTimeOffset? ScenarioStartingDate { get; init; }
    public Guid? PaymentFormTemplateId { get; init; }
    public string? MerchantPaymentRequestId { get; init; }
    public string? Description { get; init; }
    public required string Currency { get; init; }
    public required long TotalAmount { get; init; }
    public bool? CreateCustomer { get; init; }
    public string? Language { get; init; }
    public string? EndUserLanguage { get; init; }
    public string? RedirectUrl { get; init; }
    public string? CloseComment { get; set; }
    public required bool CardAccepted { get; init; }
    public required bool TransferAccepted { get; init; }
    public required bool FreeAmount { get; init; }

    /// <summary>False: cards are only authorised, the merchant captures within seven days.</summary>
    public required bool CaptureAtOnce { get; init; }

    public string? VirtualIban { get; set; }
    public string? SepaReference { get; set; }
    public PaymentRequestStatus PaymentRequestStatus { get; set; }
    public PaymentStatus PaymentStatus { get; set; }
    public Ending Ending { get; set; }

    /// <summary>The earlier of deadline and link expiration: from then on the page takes no money.</summary>
    public DateTimeOffset? ExpiryDate { get; init; }

    public List<Breakdown> Breakdowns { get; init; } = [];

    public long PaidAmount => Breakdowns.Sum(breakdown => breakdown.PaidAmount);

    public long AmountLeft => Math.Max(0, TotalAmount - PaidAmount);
}
