using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// Commits the units of work of this process. Those of one merchant that come while the database is busy with others are
/// written together, as one transaction with one wait for the disk; where that fails, each is written alone, so that
/// each is told what became of it. Nobody is kept waiting for company.
/// </summary>
internal sealed class CommitQueue(Database database, TimeProvider time, EngineLimits limits)
{
    private const int MostStalled = 4;

    private readonly Committer committer = new(database, time, limits);
    private readonly Lock gate = new();
    private readonly LinkedList<WaitingCommit> waiting = new();
    private int writers;
    private int stalled;

    /// <summary>How many units of work wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Commits all changes, or none.</summary>
    public Task<CommitResult> CommitAsync(Guid merchantId, IReadOnlyList<object> changes, CancellationToken cancellationToken) =>
        // Others wait for whoever writes: that must not wait itself for the turn of a page that somebody looks at.
        SynchronizationContext.Current is null
            ? InTurnAsync(merchantId, changes, cancellationToken)
            : Task.Run(() => InTurnAsync(merchantId, changes, cancellationToken), CancellationToken.None);

    private async Task<CommitResult> InTurnAsync(Guid merchantId, IReadOnlyList<object> changes, CancellationToken cancellationToken)
    {
        var commit = new WaitingCommit(merchantId, changes);
        var group = MayWrite(commit) ? new CommitGroup(commit) : await TurnAsync(commit, cancellationToken);
        if (group is not null)
        {
            await WriteInTurnAsync(group, cancellationToken);
        }

        return await commit.Outcome;
    }

    private async Task WriteInTurnAsync(CommitGroup group, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(group, cancellationToken);
        await writing.WaitAsync(database.WriterPatience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var gaveUp = !writing.IsCompleted && MayGiveItsTurn();
        if (gaveUp)
        {
            // It goes on by itself, and the turn is another's.
            PassOn();
        }

        try
        {
            await writing;
        }
        finally
        {
            if (gaveUp)
            {
                Interlocked.Decrement(ref stalled);
            }
            else
            {
                PassOn();
            }
        }
    }

    // Where the whole database stalls, more writers would only take its connections.
    private bool MayGiveItsTurn()
    {
        if (Interlocked.Increment(ref stalled) <= MostStalled * database.MostWriters)
        {
            return true;
        }

        Interlocked.Decrement(ref stalled);
        return false;
    }

    private bool MayWrite(WaitingCommit commit)
    {
        lock (gate)
        {
            if (writers < database.MostWriters)
            {
                writers++;
                return true;
            }

            waiting.AddLast(commit);
            return false;
        }
    }

    /// <summary>Waits until it is this one's turn to write, with others maybe, or until another has written it: null then.</summary>
    private async Task<CommitGroup?> TurnAsync(WaitingCommit commit, CancellationToken cancellationToken)
    {
        await using var withdrawal = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                // One that is being written is past being taken back.
                if (waiting.Remove(commit))
                {
                    commit.Withdraw(cancellationToken);
                }
            }
        });
        return await commit.Turn;
    }

    private void PassOn()
    {
        lock (gate)
        {
            if (waiting.First is { } first)
            {
                var group = new CommitGroup(first.Value);
                for (var at = first.Next; at is not null && !group.IsFull;)
                {
                    var next = at.Next;
                    if (group.TryAdd(at.Value))
                    {
                        waiting.Remove(at);
                    }

                    at = next;
                }

                waiting.Remove(first);
                first.Value.Lead(group);
            }
            else
            {
                writers--;
            }
        }
    }

    private async Task WriteAsync(CommitGroup group, CancellationToken cancellationToken)
    {
        if (group.Commits is [var alone])
        {
            await WriteAloneAsync(alone, cancellationToken);
            return;
        }

        var attempt = new CommitAttempt();
        try
        {
            var done = await committer.CommitAsync(group.MerchantId, [.. group.Commits.SelectMany(commit => commit.Changes)], group.Commits.Count, attempt, CancellationToken.None);
            foreach (var commit in group.Commits)
            {
                commit.Succeed(done.LeftWork);
            }
        }
        catch (Exception failure) when (attempt.IsInDoubt)
        {
            foreach (var commit in group.Commits)
            {
                commit.Fail(failure);
            }
        }
        catch (Exception)
        {
            foreach (var commit in group.Commits)
            {
                await WriteAloneAsync(commit, CancellationToken.None);
            }
        }
    }

    private async Task WriteAloneAsync(WaitingCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            var done = await committer.CommitAsync(commit.MerchantId, commit.Changes, 1, new CommitAttempt(), cancellationToken);
            commit.Succeed(done.LeftWork);
        }
        catch (Exception failure)
        {
            commit.Fail(failure);
        }
    }
}
