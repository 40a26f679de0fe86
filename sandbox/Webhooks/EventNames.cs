namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>
/// Types of the events, configurable under <c>Sandbox:EventNames</c>.
/// Documented: the TRANSACTION names (the French guide; the English one says TRANSACTION_SUCCESS).
/// Unconfirmed: all others, and the envelope itself.
/// </summary>
public sealed record EventNames
{
    public string TransactionSucceeded { get; init; } = "TRANSACTION_SUCCEEDED";
    public string TransactionFailed { get; init; } = "TRANSACTION_FAILED";
    public string TransactionCaptured { get; init; } = "TRANSACTION_CAPTURED";
    public string TransactionCanceled { get; init; } = "TRANSACTION_CANCELED";
    public string TransactionExpired { get; init; } = "TRANSACTION_EXPIRED";

    public string PaymentRequestPaid { get; init; } = "PAYMENTREQUEST_PAID";
    public string PaymentRequestPartial { get; init; } = "PAYMENTREQUEST_PARTIAL";
    public string PaymentRequestClosed { get; init; } = "PAYMENTREQUEST_CLOSED";
    public string PaymentRequestCanceled { get; init; } = "PAYMENTREQUEST_CANCELED";
    public string PaymentRequestUnpaid { get; init; } = "PAYMENTREQUEST_UNPAID";
    public string SctTransactionReceived { get; init; } = "SCTTRANSACTION_RECEIVED";
    public string TransferExecuted { get; init; } = "TRANSFER_EXECUTED";
    public string TransferRefused { get; init; } = "TRANSFER_REFUSED";
    public string PayoutExecuted { get; init; } = "PAYOUT_EXECUTED";
    public string PayoutRefused { get; init; } = "PAYOUT_REFUSED";

    public string MandateSigned { get; init; } = "MANDATE_SIGNED";
    public string MandateCanceled { get; init; } = "MANDATE_CANCELED";
    public string SddTransactionCleared { get; init; } = "SDDTRANSACTION_CLEARED";
    public string SddTransactionRejected { get; init; } = "SDDTRANSACTION_REJECTED";
    public string SddTransactionReturned { get; init; } = "SDDTRANSACTION_RETURNED";
    public string RefundCreated { get; init; } = "REFUND_CREATED";
}
