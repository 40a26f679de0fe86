using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>A bank statement that was seen: its balances, so that a missing one between two shows.</summary>
public sealed record BankStatement : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Account, statement id and period in one. Unique in a merchant: kept once however often it comes.</summary>
    public required string Key { get; init; }

    /// <summary>The account: its IBAN, or the bank's own number of it.</summary>
    public required string Account { get; init; }

    /// <summary>The first day it covers.</summary>
    public DateOnly? FromDay { get; init; }

    /// <summary>The last day it covers.</summary>
    public DateOnly? ToDay { get; init; }

    /// <summary>What was on the account before, in minor units; null where the bank does not say.</summary>
    public long? OpeningMinor { get; init; }

    /// <summary>What was on the account after, in minor units; null where the bank does not say.</summary>
    public long? ClosingMinor { get; init; }

    /// <summary>The currency of its balances, ISO 4217; null without balances.</summary>
    public string? Currency { get; init; }

    /// <summary>The import that brought it first.</summary>
    public required Guid ImportId { get; init; }
}
