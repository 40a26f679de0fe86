using System.Text.Json.Serialization;
using CentralPay.Workflows.Sandbox.Api;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>Life of a direct debit; unconfirmed.</summary>
public enum DebitStatus { Pending, Cleared, Rejected, Returned, Canceled }

/// <summary>A direct debit on a mandate.</summary>
public sealed class DirectDebit
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid SddTransactionId { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public string? MerchantSddTransactionId { get; init; }
    public required Guid MandateId { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }

    /// <summary>The day the account is debited: a working day of TARGET.</summary>
    public required DateOnly RequestedCollectionDate { get; init; }

    public DebitStatus SddTransactionStatus { get; set; }

    /// <summary>The bank's reason (ISO 20022) for a rejection or a return.</summary>
    public string? ReasonCode { get; set; }

    public DateTimeOffset? ClearingDate { get; set; }
    public DateTimeOffset? ReturnDate { get; set; }

    /// <summary>What the debtor's bank does with it, decided when its day comes.</summary>
    public string? Outcome { get; set; }

    /// <summary>When the sandbox moves it on by itself.</summary>
    public DateTimeOffset? NextStepDate { get; set; }
}

/// <summary>The direct debit as the API and webhooks show it; all of it is unconfirmed.</summary>
public sealed record SddTransactionAnswer(
    [property: JsonPropertyName(UnconfirmedNames.SddTransactionId)] Guid SddTransactionId,
    DateTimeOffset CreationDate,
    [property: JsonPropertyName(UnconfirmedNames.SddReference)] string? MerchantSddTransactionId,
    [property: JsonPropertyName(UnconfirmedNames.SddTransactionStatus)] DebitStatus SddTransactionStatus,
    [property: JsonPropertyName(UnconfirmedNames.MandateId)] Guid MandateId,
    long Amount,
    string Currency,
    string? Description,
    [property: JsonPropertyName(UnconfirmedNames.CollectionDate)] DateOnly RequestedCollectionDate,
    DateTimeOffset? ClearingDate,
    DateTimeOffset? ReturnDate,
    [property: JsonPropertyName(UnconfirmedNames.ReasonCode)] string? ReasonCode)
{
    public static SddTransactionAnswer Of(DirectDebit debit) => new(
        debit.SddTransactionId, debit.CreationDate, debit.MerchantSddTransactionId, debit.SddTransactionStatus, debit.MandateId, debit.Amount, debit.Currency,
        debit.Description, debit.RequestedCollectionDate, debit.ClearingDate, debit.ReturnDate, debit.ReasonCode);
}
