using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// Commits the units of work of this process. Those of one merchant that come while the database is busy with others are
/// written together, as one transaction with one wait for the disk; where that fails, each is written alone, so that each is
/// told what became of it. While little is written, nobody is kept waiting for company.
/// </summary>
internal sealed class CommitQueue(Database database, TimeProvider time, EngineLimits limits)
{
    // Those that wait for rows of others take connections, and each of these may be written apart by two.
    private const int MostStalled = 6;
    private const int ApartAtOnce = 2;
    private const int Much = 2;

    private readonly Committer committer = new(database, time, limits);
    private readonly Lock gate = new();
    private readonly LinkedList<WaitingCommit> waiting = new();
    private readonly List<CommitGroup> writing = [];
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
        lock (gate)
        {
            waiting.AddLast(commit);
            Begin();
        }

        if (await TurnAsync(commit, cancellationToken) is { } group)
        {
            await WriteInTurnAsync(group, cancellationToken);
        }

        return await commit.Outcome;
    }

    private async Task WriteInTurnAsync(CommitGroup group, CancellationToken cancellationToken)
    {
        var written = WriteAsync(group, cancellationToken);
        await written.WaitAsync(database.WriterPatience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var gaveUp = !written.IsCompleted && MayGiveItsTurn();
        if (gaveUp)
        {
            // It goes on by itself, and the turn is another's.
            PassOn(group);
        }

        try
        {
            await written;
        }
        finally
        {
            if (gaveUp)
            {
                Interlocked.Decrement(ref stalled);
            }
            else
            {
                PassOn(group);
            }
        }
    }

    // Where the whole database stalls, more writers would only take its connections.
    private bool MayGiveItsTurn()
    {
        if (Interlocked.Increment(ref stalled) <= MostStalled)
        {
            return true;
        }

        Interlocked.Decrement(ref stalled);
        return false;
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

    private void PassOn(CommitGroup written)
    {
        lock (gate)
        {
            writing.Remove(written);
            Begin();
        }
    }

    // Under the gate: gives turns to those that waited longest.
    private void Begin()
    {
        while (writing.Count < database.MostWriters && (waiting.FirstOrDefault(IsOfAnotherMerchant) ?? waiting.FirstOrDefault(MayJoinIn)) is { } first)
        {
            var group = GroupOf(first);
            writing.Add(group);
            first.Lead(group);
        }
    }

    private bool IsOfAnotherMerchant(WaitingCommit commit) => !writing.Exists(group => group.MerchantId == commit.MerchantId);

    // Beside one that writes much, a second writer would only take from the company of the next; unless more wait than that can take.
    private bool MayJoinIn(WaitingCommit commit) =>
        !writing.Exists(group => group.MerchantId == commit.MerchantId && group.Commits.Count >= Much)
        || (waiting.Count >= CommitGroup.MostCommits && waiting.Count(other => other.MerchantId == commit.MerchantId) >= CommitGroup.MostCommits);

    private CommitGroup GroupOf(WaitingCommit first)
    {
        var group = new CommitGroup(first);
        for (var at = waiting.Find(first)!.Next; at is not null && !group.IsFull;)
        {
            var next = at.Next;
            if (group.TryAdd(at.Value))
            {
                waiting.Remove(at);
            }

            at = next;
        }

        waiting.Remove(first);
        return group;
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
                commit.Succeed(done);
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
            // Some at once: one of them may wait for a row that somebody else holds.
            await Parallel.ForEachAsync(group.Commits, new ParallelOptions { MaxDegreeOfParallelism = ApartAtOnce }, async (commit, _) => await WriteAloneAsync(commit, CancellationToken.None));
        }
    }

    private async Task WriteAloneAsync(WaitingCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            var done = await committer.CommitAsync(commit.MerchantId, commit.Changes, 1, new CommitAttempt(), cancellationToken);
            commit.Succeed(done);
        }
        catch (Exception failure)
        {
            commit.Fail(failure);
        }
    }
}
