using System.Data.Common;
using System.Diagnostics;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Stimuli;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>The one place that opens a transaction for a unit of work: locks, looks up who waits, writes, commits.</summary>
internal sealed class Committer(Database database, TimeProvider time, EngineLimits limits)
{
    private const int MostTries = 5;

    /// <summary>Writes the changes of so many units of work as one transaction.</summary>
    public async Task<CommitResult> CommitAsync(Guid merchantId, IReadOnlyList<object> changes, int units, CommitAttempt attempt, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var plan = CommitPlan.Of(database, merchantId, changes);
        await using var lease = await database.WriteAsync(cancellationToken);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var done = await TryAsync(lease, plan, units, attempt, cancellationToken);
                StorageTelemetry.Committed(plan.Statements.Count, units, changes, startedAt);
                return done;
            }
            catch (DbException failure) when (tries < MostTries && database.IsDeadlock(failure))
            {
                // The other transaction won; ours was taken back whole, and the list is still here to be written again.
                attempt.IsInDoubt = false;
                StorageTelemetry.Deadlocked();
            }
            catch (JoinedStatementFailedException) when (units == 1)
            {
                attempt.IsApart = true;
            }
        }
    }

    private async Task<CommitResult> TryAsync(WriteLease lease, CommitPlan plan, int units, CommitAttempt attempt, CancellationToken cancellationToken)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, lease, isShared: units > 1, cancellationToken);
        var (statements, leftWork) = (plan.Statements, plan.LeavesWork);
        if (plan.MeetsStimuli)
        {
            var routing = await new StimulusRouter(database, transaction, plan.MerchantId, time.GetUtcNow(), limits.MaxCasesPerStimulus).RouteAsync(plan, cancellationToken);
            (statements, leftWork) = ([.. statements, .. routing.Statements], leftWork || routing.LeavesWork);
        }

        await transaction.CommitAsync(statements, attempt, cancellationToken);
        if (plan.FirstTimer is { } due)
        {
            database.NextTimer.Note(due);
        }

        return new CommitResult(plan.MerchantId, leftWork, plan.LeavesEffects, plan.Events);
    }
}
