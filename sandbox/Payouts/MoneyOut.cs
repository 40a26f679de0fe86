using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.Payouts;

/// <summary>Where an order to pay out stands.</summary>
public enum MoneyOutStatus { Pending, Executed, Refused }

/// <summary>A wallet of a third party on the platform.</summary>
public sealed class Wallet
{
    public required Guid WalletId { get; init; }
    public required string Name { get; set; }

    /// <summary>A blocked wallet takes no money: transfers to it are refused when they are executed.</summary>
    public bool Blocked { get; set; }
}

/// <summary>Money that an account sends out: to a wallet (<c>/transfer</c>), or to a bank account (<c>/payout</c>).</summary>
public sealed class MoneyOut
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid OrderId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public string? MerchantReference { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }

    /// <summary>The wallet it goes to; null for a bank account.</summary>
    public Guid? DestinationWalletId { get; init; }

    public string? Iban { get; init; }
    public string? HolderName { get; init; }
    public required MoneyOutStatus Status { get; set; }
    public DateTimeOffset? ExecutionDate { get; set; }
    public string? RefusalReason { get; set; }
    public DateTimeOffset? NextStepDate { get; set; }
}

/// <summary>A transfer to a wallet as the API and webhooks show it.</summary>
public sealed record WalletTransferAnswer(
    [property: JsonPropertyName(UnconfirmedNames.TransferId)] Guid TransferId,
    [property: JsonPropertyName(UnconfirmedNames.MerchantTransferId)] string? MerchantTransferId,
    DateTimeOffset CreationDate,
    Guid DestinationWalletId,
    long Amount,
    string Currency,
    string? Description,
    [property: JsonPropertyName(UnconfirmedNames.TransferStatus)] MoneyOutStatus TransferStatus,
    [property: JsonPropertyName(UnconfirmedNames.RefusalReason)] string? RefusalReason,
    DateTimeOffset? ExecutionDate);

/// <summary>A payout to a bank account as the API and webhooks show it.</summary>
public sealed record PayoutAnswer(
    [property: JsonPropertyName(UnconfirmedNames.PayoutId)] Guid PayoutId,
    [property: JsonPropertyName(UnconfirmedNames.MerchantPayoutId)] string? MerchantPayoutId,
    DateTimeOffset CreationDate,
    [property: JsonPropertyName(UnconfirmedNames.PayoutIban)] string? Iban,
    [property: JsonPropertyName(UnconfirmedNames.PayoutHolder)] string? HolderName,
    long Amount,
    string Currency,
    string? Description,
    [property: JsonPropertyName(UnconfirmedNames.PayoutStatus)] MoneyOutStatus PayoutStatus,
    [property: JsonPropertyName(UnconfirmedNames.RefusalReason)] string? RefusalReason,
    DateTimeOffset? ExecutionDate);

/// <summary>An order as it is answered.</summary>
public static class MoneyOutAnswer
{
    public static object Of(MoneyOut order) => order.DestinationWalletId is { } wallet
        ? new WalletTransferAnswer(
            order.OrderId, order.MerchantReference, order.CreationDate, wallet, order.Amount, order.Currency, order.Description, order.Status, order.RefusalReason, order.ExecutionDate)
        : new PayoutAnswer(
            order.OrderId, order.MerchantReference, order.CreationDate, order.Iban, order.HolderName, order.Amount, order.Currency, order.Description, order.Status, order.RefusalReason, order.ExecutionDate);
}
