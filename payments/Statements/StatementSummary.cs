using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>A statement in one line: what people check it by.</summary>
public sealed record StatementSummary
{
    /// <summary>The account: its IBAN, or the bank's own number of it.</summary>
    public required string Account { get; init; }

    /// <summary>Its number in the account's order, or its identity at the bank.</summary>
    public required string Number { get; init; }

    /// <summary>The first day it covers.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day it covers.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What was on the account before.</summary>
    public Money? Opening { get; init; }

    /// <summary>What was on the account after.</summary>
    public Money? Closing { get; init; }

    /// <summary>Incoming movements.</summary>
    public required int Credits { get; init; }

    /// <summary>Outgoing movements.</summary>
    public required int Debits { get; init; }

    /// <summary>Whether its opening balance is not the closing of the statement before: one is missing.</summary>
    public bool FollowsGap { get; init; }

    internal static StatementSummary Of(StatementRead statement, bool followsGap) => new()
    {
        Account = statement.Account,
        Number = statement.Number ?? statement.Id,
        From = statement.From,
        To = statement.To,
        Opening = statement.Opening,
        Closing = statement.Closing,
        Credits = statement.Entries.Count(entry => entry.Kind == MovementKind.Credit),
        Debits = statement.Entries.Count(entry => entry.Kind == MovementKind.Debit),
        FollowsGap = followsGap,
    };
}

/// <summary>Whether statements follow on each other: an opening balance that is not the closing before it means that one is missing.</summary>
internal static class StatementOrder
{
    private const int LookedAt = 50;
    private const int KeyBytes = 16;

    internal static string KeyOf(StatementRead statement) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{statement.Account}\u001F{statement.Id}\u001F{statement.From:yyyyMMdd}\u001F{statement.To:yyyyMMdd}")).AsSpan(0, KeyBytes));

    /// <summary>Whether a statement that ends before this one is known, and the last such closes otherwise than this one opens.</summary>
    internal static async Task<bool> FollowsGapAsync(IMerchantRecords records, StatementRead statement, CancellationToken cancellationToken)
    {
        if (statement is not { From: { } from, Opening: { } opening })
        {
            return false;
        }

        var (account, currency) = (statement.Account, opening.Currency);
        var earlier = await records.ListAsync<BankStatement>(
            other => other.Account == account && other.Currency == currency && other.ClosingMinor != null && other.ToDay != null && other.ToDay < from && other.ToDay >= from.AddDays(-LookedAt), LookedAt, cancellationToken);
        var last = earlier.OrderBy(other => other.ToDay).ThenBy(other => other.Id).LastOrDefault();
        return last is not null && last.ClosingMinor != opening.AmountMinor;
    }

    internal static BankStatement Kept(StatementRead statement, Guid merchantId, Guid importId) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchantId,
        Key = KeyOf(statement),
        Account = statement.Account,
        FromDay = statement.From,
        ToDay = statement.To,
        OpeningMinor = statement.Opening?.AmountMinor,
        ClosingMinor = statement.Closing?.AmountMinor,
        Currency = (statement.Opening ?? statement.Closing)?.Currency,
        ImportId = importId,
    };
}
