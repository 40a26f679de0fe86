namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>
/// Every address, field and value of the API below that no document or client of CentralPay shows.
/// They are the sandbox's guesses, gathered here so that one file changes the day the real names are known
/// (the names of events are in <see cref="Webhooks.EventNames"/>).
/// </summary>
public static class UnconfirmedNames
{
    // Addresses. Only the actions' existence is documented, or inferred from a field of an answer.
    public const string ClosePath = "/paymentRequest/{id}/close";
    public const string SearchPath = "/paymentRequest";
    public const string TransactionPath = "/transaction/{id}";
    public const string CapturePath = "/transaction/{id}/capture";
    public const string CancelTransactionPath = "/transaction/{id}/cancel";
    public const string RefundPath = "/refund";
    public const string OneRefundPath = "/refund/{id}";
    public const string SctTransactionPath = "/sctTransaction/{id}";

    // POST /transfer with amount and destinationWalletId is documented; reading, searching and all of /payout are not.
    public const string TransfersPath = "/transfer";
    public const string OneTransferPath = "/transfer/{id}";
    public const string PayoutsPath = "/payout";
    public const string OnePayoutPath = "/payout/{id}";

    public const string MandatePath = "/mandate";
    public const string OneMandatePath = "/mandate/{id}";
    public const string CancelMandatePath = "/mandate/{id}/cancel";
    public const string SddPath = "/sddTransaction";
    public const string OneSddPath = "/sddTransaction/{id}";
    public const string CancelSddPath = "/sddTransaction/{id}/cancel";

    // Parameters.
    public const string SearchByMerchantReference = "merchantPaymentRequestId";
    public const string CloseComment = "closeComment";
    public const string FreeAmount = "freeAmount";
    public const string Capture = "capture";
    public const string MerchantRefundId = "merchantRefundId";

    public const string MerchantTransferId = "merchantTransferId";
    public const string MerchantPayoutId = "merchantPayoutId";
    public const string PayoutIban = "iban";
    public const string PayoutHolder = "holderName";

    // Values: the method of a bank transfer, in paymentMethod[] and in payments[].
    public const string TransferMethod = "SCT";

    // Fields of answers.
    public const string VirtualIban = "virtualIban";
    public const string SepaReference = "sepaReference";
    public const string PaymentAmount = "amount";
    public const string PaymentDate = "creationDate";
    public const string BankCode = "bankCode";
    public const string SctTransactionId = "sctTransactionId";
    public const string SctTransactionStatus = "sctTransactionStatus";
    public const string SctReceived = "RECEIVED";
    public const string RefundStatus = "refundStatus";
    public const string RefundDone = "SUCCESS";
    public const string AmountRefunded = "amountRefunded";
    public const string TransferId = "transferId";
    public const string TransferStatus = "transferStatus";
    public const string PayoutId = "payoutId";
    public const string PayoutStatus = "payoutStatus";
    public const string RefusalReason = "refusalReason";

    // Mandates and direct debits: every field, and their states.
    public const string MandateId = "mandateId";
    public const string MandateReference = "merchantMandateId";
    public const string MandateStatus = "mandateStatus";
    public const string SddTransactionId = "sddTransactionId";
    public const string SddReference = "merchantSddTransactionId";
    public const string SddTransactionStatus = "sddTransactionStatus";
    public const string CollectionDate = "requestedCollectionDate";
    public const string ReasonCode = "reasonCode";

    // The header that makes a POST repeatable: spelled so by one client; which resources honour it is unknown.
    public const string IdempotenceKey = "Idempotence-Key";
}
