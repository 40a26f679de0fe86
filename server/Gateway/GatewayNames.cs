namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Every name of the gateway that no public document confirms, in one place: the day the customer's API description says
/// otherwise, this file changes and nothing else does.
/// </summary>
internal static class GatewayNames
{
    /// <summary>A search by the merchant's own reference; no list or search call is documented.</summary>
    public const string RequestReference = "merchantPaymentRequestId";

    /// <summary>Where payment requests are made, and searched.</summary>
    public const string RequestPath = "paymentRequest";

    /// <summary>Incoming bank transfers; only the resource's name is documented.</summary>
    public const string TransferPath = "sctTransaction/";

    /// <summary>The header that makes a POST repeatable, as one production client spells it.</summary>
    public const string IdempotenceKey = "Idempotence-Key";

    /// <summary>The method of a bank transfer.</summary>
    public const string TransferMethod = "SCT";

    /// <summary>The method of a card payment (documented).</summary>
    public const string CardMethod = "TRANSACTION";

    /// <summary>The virtual IBAN of a payment request or of a transfer.</summary>
    public const string VirtualIban = "virtualIban";

    /// <summary>The transfer's id.</summary>
    public const string TransferId = "sctTransactionId";

    /// <summary>Mandates; only the resource's name is documented.</summary>
    public const string MandatePath = "mandate";

    /// <summary>A search of mandates by the merchant's own id.</summary>
    public const string MandateReference = "merchantMandateId";

    /// <summary>The mandate's id.</summary>
    public const string MandateId = "mandateId";

    /// <summary>The mandate's state.</summary>
    public const string MandateStatus = "mandateStatus";

    /// <summary>Direct debits; only the resource's name is documented.</summary>
    public const string DebitPath = "sddTransaction";

    /// <summary>A search of direct debits by the merchant's own id.</summary>
    public const string DebitReference = "merchantSddTransactionId";

    /// <summary>The direct debit's id.</summary>
    public const string DebitId = "sddTransactionId";

    /// <summary>The direct debit's state.</summary>
    public const string DebitStatus = "sddTransactionStatus";

    /// <summary>The day a direct debit is due.</summary>
    public const string CollectionDate = "requestedCollectionDate";

    /// <summary>The bank's reason for a rejection or a return.</summary>
    public const string ReasonCode = "reasonCode";

    /// <summary>The first letters of event types that tell of a mandate.</summary>
    public const string MandateEventPrefix = "MANDATE";

    /// <summary>The first letters of event types that tell of a direct debit.</summary>
    public const string DebitEventPrefix = "SDDTRANSACTION";

    /// <summary>The amount of a payment inside a participant's share.</summary>
    public const string PaymentAmount = "amount";

    /// <summary>The instant of a payment inside a participant's share.</summary>
    public const string PaymentDate = "creationDate";

    /// <summary>Transfers to a wallet of the platform (the resource and its amount and destination are documented; nothing else is).</summary>
    public const string WalletTransferPath = "transfer";

    /// <summary>The wallet a transfer goes to (documented).</summary>
    public const string DestinationWallet = "destinationWalletId";

    /// <summary>Our id of a transfer to a wallet.</summary>
    public const string MerchantTransferId = "merchantTransferId";

    /// <summary>The gateway's id of a transfer to a wallet.</summary>
    public const string WalletTransferId = "transferId";

    /// <summary>How far a transfer to a wallet is.</summary>
    public const string WalletTransferStatus = "transferStatus";

    /// <summary>Payouts to a bank account; only the resource's name is documented.</summary>
    public const string PayoutPath = "payout";

    /// <summary>Our id of a payout.</summary>
    public const string MerchantPayoutId = "merchantPayoutId";

    /// <summary>The gateway's id of a payout.</summary>
    public const string PayoutId = "payoutId";

    /// <summary>How far a payout is.</summary>
    public const string PayoutStatus = "payoutStatus";

    /// <summary>The account a payout goes to.</summary>
    public const string PayoutIban = "iban";

    /// <summary>Whose account that is.</summary>
    public const string PayoutHolder = "holderName";

    /// <summary>Why a transfer or payout was refused.</summary>
    public const string RefusalReason = "refusalReason";

    /// <summary>A transfer or payout whose money moved.</summary>
    public const string Executed = "EXECUTED";

    /// <summary>A transfer or payout that was refused.</summary>
    public const string Refused = "REFUSED";

    /// <summary>The first letters of event types that tell of a transfer to a wallet.</summary>
    public const string WalletTransferEventPrefix = "TRANSFER_";

    /// <summary>The first letters of event types that tell of a payout.</summary>
    public const string PayoutEventPrefix = "PAYOUT_";

    /// <summary>The first letters of event types that tell of a bank transfer.</summary>
    public const string TransferEventPrefix = "SCTTRANSACTION";
}
