using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>A bank transfer that arrived on the virtual IBAN of a payment request.</summary>
public sealed class Transfer
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid SctTransactionId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required Guid PaymentRequestId { get; init; }
    public string? MerchantPaymentRequestId { get; init; }
    public string? SepaReference { get; init; }
    public required string VirtualIban { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required string DebtorName { get; init; }
    public required string DebtorIban { get; init; }
    public string? Remittance { get; init; }
    public string? EndToEndId { get; init; }
    public required DateOnly ValueDate { get; init; }
}

/// <summary>The transfer as <c>GET /sctTransaction/{id}</c> and webhooks show it; all of it is unconfirmed.</summary>
public sealed record SctTransactionAnswer(
    [property: JsonPropertyName(UnconfirmedNames.SctTransactionId)] Guid SctTransactionId,
    DateTimeOffset CreationDate,
    [property: JsonPropertyName(UnconfirmedNames.SctTransactionStatus)] string SctTransactionStatus,
    long Amount,
    string Currency,
    DateOnly ValueDate,
    string DebtorName,
    string DebtorIban,
    string? Remittance,
    string? EndToEndId,
    [property: JsonPropertyName(UnconfirmedNames.VirtualIban)] string VirtualIban,
    [property: JsonPropertyName(UnconfirmedNames.SepaReference)] string? SepaReference,
    Guid PaymentRequestId,
    string? MerchantPaymentRequestId)
{
    public static SctTransactionAnswer Of(Transfer transfer) => new(
        transfer.SctTransactionId, transfer.CreationDate, UnconfirmedNames.SctReceived, transfer.Amount, transfer.Currency, transfer.ValueDate,
        transfer.DebtorName, transfer.DebtorIban, transfer.Remittance, transfer.EndToEndId, transfer.VirtualIban, transfer.SepaReference,
        transfer.PaymentRequestId, transfer.MerchantPaymentRequestId);
}
