namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>Life of a card transaction, as CentralPay's status guide lists it; EXPIRED is inferred from an event's name.</summary>
public enum TransactionStatus { Success, Captured, Cleared, Canceled, Failure, ThreedsAuthFailure, Expired }

/// <summary>A card transaction. Of the card only what a receipt shows is kept.</summary>
public sealed class CardTransaction
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid TransactionId { get; init; }
    public required Guid PaymentRequestId { get; init; }
    public required Guid PaymentRequestBreakdownId { get; init; }

    /// <summary>Made with the payer's form, so that a form sent twice pays once.</summary>
    public required Guid AttemptId { get; init; }

    public required Guid PointOfSaleId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public string? MerchantPaymentRequestId { get; init; }
    public required CardOnReceipt Card { get; init; }
    public required bool ThreeDSecure { get; init; }

    /// <summary>The bank's answer: 00 approved, 05 do not honour.</summary>
    public required string BankCode { get; init; }

    public required TransactionStatus TransactionStatus { get; set; }
    public DateTimeOffset? CaptureDate { get; set; }
    public DateTimeOffset? ClearingDate { get; set; }
    public long AmountRefunded { get; set; }

    /// <summary>When the sandbox moves it on by itself: the clearing of a captured one, the lapse of one only authorised.</summary>
    public DateTimeOffset? NextStepDate { get; set; }

    public bool BroughtMoney => TransactionStatus is TransactionStatus.Success or TransactionStatus.Captured or TransactionStatus.Cleared;
}

/// <summary>What may be kept of a card.</summary>
[Microsoft.EntityFrameworkCore.Owned]
public sealed record CardOnReceipt
{
    public required string CommercialBrand { get; init; }
    public required string First6 { get; init; }
    public required string Last4 { get; init; }
    public required int ExpirationMonth { get; init; }
    public required int ExpirationYear { get; init; }
    public string? CardholderName { get; init; }
}

/// <summary>A refund of a cleared card transaction.</summary>
public sealed class Refund
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid RefundId { get; init; }
    public required Guid TransactionId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public string? MerchantRefundId { get; init; }
}

/// <summary>A payer's 3-D Secure challenge: asked, answered, or failed.</summary>
public enum ChallengeState { Asked, Passed, Failed }

/// <summary>A card payment waiting for the payer's one-time code.</summary>
public sealed class CardChallenge
{
    public required Guid CardChallengeId { get; init; }
    public required Guid PaymentRequestBreakdownId { get; init; }
    public required long Amount { get; init; }
    public required CardOnReceipt Card { get; init; }
    public required DateTimeOffset ExpiryDate { get; init; }
    public int WrongCodes { get; set; }
    public ChallengeState State { get; set; }
}
