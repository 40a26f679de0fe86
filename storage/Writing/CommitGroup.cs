using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Units of work of one merchant that can be written as one transaction: no two of them change the same row.</summary>
internal sealed class CommitGroup
{
    public const int MostCommits = 32;
    private const int MostChanges = 1_000;

    // As many events as may come at once without being taken for an import.
    private const int MostStimuli = 50;

    private readonly List<WaitingCommit> commits;

    public CommitGroup(WaitingCommit first) => commits = [first];

    public Guid MerchantId => commits[0].MerchantId;

    public IReadOnlyList<WaitingCommit> Commits => commits;

    public bool IsFull => commits.Count == MostCommits;

    public bool TryAdd(WaitingCommit commit)
    {
        var fits = commit.MerchantId == MerchantId
            && commits.Sum(one => one.Changes.Count) + commit.Changes.Count <= MostChanges
            && commits.Sum(one => one.Stimuli) + commit.Stimuli <= MostStimuli
            && !commits.Exists(one => one.Rows.Overlaps(commit.Rows));
        if (fits)
        {
            commits.Add(commit);
        }

        return fits;
    }
}

/// <summary>A unit of work on its way to the database.</summary>
internal sealed class WaitingCommit(Guid merchantId, IReadOnlyList<object> changes)
{
    private readonly TaskCompletionSource<CommitGroup?> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommitResult> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid MerchantId => merchantId;

    public IReadOnlyList<object> Changes => changes;

    /// <summary>Done when it is this one's turn to write the group, or (null) when another has written it.</summary>
    public Task<CommitGroup?> Turn => turn.Task;

    public Task<CommitResult> Outcome => outcome.Task;

    /// <summary>How many stimuli it raises.</summary>
    public int Stimuli => changes.Count(change => change is StimulusRaised);

    /// <summary>The rows it changes as they stood when it read them.</summary>
    public IReadOnlySet<Guid> Rows => field ??= changes.Select(RowOf).OfType<Guid>().ToHashSet();

    public void Lead(CommitGroup group) => turn.SetResult(group);

    public void Withdraw(CancellationToken cancellationToken) => turn.SetCanceled(cancellationToken);

    /// <summary>It was written, alone or with others, of which somebody left this.</summary>
    public void Succeed(CommitResult done)
    {
        outcome.SetResult(done with { Events = [.. changes.OfType<EventRaised>().Select(raised => raised.Happened)] });
        turn.TrySetResult(null);
    }

    public void Fail(Exception failure)
    {
        outcome.SetException(failure);
        turn.TrySetResult(null);
    }

    private static Guid? RowOf(object change) => change switch
    {
        CaseChanged changed => changed.Case.Id,
        RecordAdded added => added.Record.Id,
        RecordUpdated updated => updated.Record.Id,
        _ => null,
    };
}

/// <summary>How far the writing of a transaction got.</summary>
internal sealed class CommitAttempt
{
    /// <summary>Whether the database was told to commit, so that a failure does not tell what became of it.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Whether statements that could be one are written apart, so that each tells what became of it.</summary>
    public bool IsApart { get; set; }
}
