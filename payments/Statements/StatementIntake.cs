using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>What one batch of movements led to.</summary>
internal sealed record StatementTaken(int Added, int Known, int Debits, int Reversals);

/// <summary>Takes movements into the books, a batch at a time: what came in becomes a transfer, once; what was taken back becomes a task.</summary>
public sealed class StatementIntake(TransferIntake transfers, TaskDesk tasks)
{
    /// <summary>The kind of task that a movement taken back makes.</summary>
    public const string ReversalTask = "bank-reversal";

    private const string KeyPrefix = "statement:";

    /// <summary>The source key of a movement's transfer.</summary>
    internal static string SourceKeyOf(StatementEntry entry) => KeyPrefix + entry.Key;

    internal async Task<StatementTaken> TakeAsync(IReadOnlyList<StatementEntry> entries, CancellationToken cancellationToken)
    {
        var credits = entries.Where(entry => entry.Kind == MovementKind.Credit).Select(Told).ToList();
        var added = await transfers.TakeInAsync(credits, cancellationToken);
        var reversals = entries.Where(entry => entry.Kind is MovementKind.CreditReversal or MovementKind.DebitReversal).ToList();
        foreach (var reversal in reversals)
        {
            await tasks.AppendAsync(
                new NewTask
                {
                    Key = $"{ReversalTask}/{reversal.Key}",
                    Kind = ReversalTask,
                    Note = string.Join(" · ", new[] { reversal.PartyName, reversal.Remittance, reversal.OtherReferences }.OfType<string>()),
                    Amount = reversal.Amount,
                },
                cancellationToken);
        }

        return new StatementTaken(added, credits.Count - added, entries.Count(entry => entry.Kind == MovementKind.Debit), reversals.Count);
    }

    private static ToldTransfer Told(StatementEntry entry) => new()
    {
        SourceKey = SourceKeyOf(entry),
        Amount = entry.Amount,
        BookedOn = entry.BookedOn,
        CreditorIban = entry.Account,
        DebtorName = entry.PartyName,
        DebtorIban = entry.PartyIban,
        Remittance = entry.Remittance,
        EndToEndId = entry.EndToEndId,
        OtherReferences = entry.OtherReferences,
    };
}
