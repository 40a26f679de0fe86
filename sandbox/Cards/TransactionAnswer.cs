using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>Whether the card is debited: not yet, sent to clearing, done.</summary>
public enum CaptureStatus { NotCaptured, Captured, Cleared }

/// <summary>A card transaction as the API shows it.</summary>
public sealed record TransactionAnswer(
    Guid TransactionId,
    DateTimeOffset CreationDate,
    Guid PointOfSaleId,
    Guid PaymentRequestId,
    Guid PaymentRequestBreakdownId,
    string? MerchantPaymentRequestId,
    long Amount,
    long TotalAmount,
    long Fee,
    long Commission,
    long PayoutAmount,
    string Currency,
    string? Description,
    TransactionStatus TransactionStatus,
    CaptureStatus CaptureStatus,
    DateTimeOffset? CaptureDate,
    DateTimeOffset? ClearingDate,
    [property: JsonPropertyName(UnconfirmedNames.BankCode)] string BankCode,
    [property: JsonPropertyName(UnconfirmedNames.AmountRefunded)] long AmountRefunded,
    [property: JsonPropertyName("threeDSecure")] bool ThreeDSecure,
    CardOnReceipt Card)
{
    public static TransactionAnswer Of(CardTransaction transaction) => new(
        transaction.TransactionId,
        transaction.CreationDate,
        transaction.PointOfSaleId,
        transaction.PaymentRequestId,
        transaction.PaymentRequestBreakdownId,
        transaction.MerchantPaymentRequestId,
        transaction.Amount,
        transaction.Amount,
        0,
        0,
        transaction.BroughtMoney ? transaction.Amount - transaction.AmountRefunded : 0,
        transaction.Currency,
        transaction.Description,
        transaction.TransactionStatus,
        CaptureStatusOf(transaction),
        transaction.CaptureDate,
        transaction.ClearingDate,
        transaction.BankCode,
        transaction.AmountRefunded,
        transaction.ThreeDSecure,
        transaction.Card);

    private static CaptureStatus CaptureStatusOf(CardTransaction transaction) => transaction switch
    {
        { ClearingDate: not null } => CaptureStatus.Cleared,
        { CaptureDate: not null } => CaptureStatus.Captured,
        _ => CaptureStatus.NotCaptured,
    };
}

/// <summary>A refund as the API shows it; its fields are unconfirmed.</summary>
public sealed record RefundAnswer(
    Guid RefundId,
    DateTimeOffset CreationDate,
    Guid TransactionId,
    [property: JsonPropertyName(UnconfirmedNames.MerchantRefundId)] string? MerchantRefundId,
    long Amount,
    string Currency,
    string? Description,
    [property: JsonPropertyName(UnconfirmedNames.RefundStatus)] string RefundStatus)
{
    public static RefundAnswer Of(Refund refund) => new(
        refund.RefundId, refund.CreationDate, refund.TransactionId, refund.MerchantRefundId, refund.Amount, refund.Currency, refund.Description, UnconfirmedNames.RefundDone);
}
