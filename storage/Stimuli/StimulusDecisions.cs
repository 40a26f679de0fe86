using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Schema;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>A wait as a stimulus needs to know it.</summary>
internal sealed record StoredBookmark(Guid Id, Guid CaseId, string Hash);

/// <summary>What stands in the database for the hashes of a commit.</summary>
internal sealed record StoredWaits
{
    public required IReadOnlyList<StoredBookmark> Bookmarks { get; init; }

    public required IReadOnlyList<TriggerRow> Triggers { get; init; }

    public required IReadOnlyList<EarlyStimulus> Early { get; init; }
}

/// <summary>
/// Who is resumed, who is started and what is kept: decided change by change in the order they were appended, so that a
/// wait burned before a stimulus is not hit by it, and one begun after it takes it from those kept.
/// </summary>
internal sealed class StimulusDecisions
{
    /// <summary>How long a stimulus waits for its wait.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    // More stimuli than this in one commit are an import: what they set off gives way to what happens meanwhile.
    private const int MostEventsAtOnce = 50;

    private readonly Guid merchantId;
    private readonly DateTimeOffset now;
    private readonly WorkLane lane;
    private readonly ILookup<string, TriggerRow> triggers;
    private readonly Dictionary<string, List<StoredBookmark>> waits;
    private readonly Dictionary<string, Queue<EarlyStimulus>> early;
    private readonly HashSet<Guid> stored;
    private readonly List<WorkItem> resumes = [];
    private readonly Dictionary<string, WorkItem> starts = new(StringComparer.Ordinal);
    private readonly List<EarlyStimulus> kept = [];
    private readonly List<EarlyStimulus> taken = [];

    public StimulusDecisions(Guid merchantId, StoredWaits standing, DateTimeOffset now, int stimuli)
    {
        this.merchantId = merchantId;
        this.now = now;
        lane = stimuli > MostEventsAtOnce ? WorkLane.Bulk : WorkLane.Event;
        triggers = standing.Triggers.ToLookup(trigger => trigger.Hash, StringComparer.Ordinal);
        waits = standing.Bookmarks.GroupBy(wait => wait.Hash, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        early = standing.Early.GroupBy(stimulus => stimulus.Hash, StringComparer.Ordinal).ToDictionary(group => group.Key, group => new Queue<EarlyStimulus>(group), StringComparer.Ordinal);
        stored = [.. standing.Early.Select(stimulus => stimulus.Id)];
    }

    public IReadOnlyList<WorkItem> Resumes => resumes;

    public IReadOnlyList<WorkItem> Starts => [.. starts.Values];

    /// <summary>To be kept: those that no wait of this very commit took.</summary>
    public IEnumerable<EarlyStimulus> Kept => kept.Except(taken);

    /// <summary>To be forgotten.</summary>
    public IEnumerable<EarlyStimulus> Taken => taken.Where(stimulus => stored.Contains(stimulus.Id));

    public void Take(IReadOnlyList<object> changes)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case BookmarkCreated { Bookmark: { Hash: { } hash } bookmark }:
                    Begin(new StoredBookmark(bookmark.Id, bookmark.CaseId, hash));
                    break;
                case BookmarkBurned burned:
                    foreach (var ofHash in waits.Values)
                    {
                        ofHash.RemoveAll(wait => wait.Id == burned.BookmarkId);
                    }

                    break;
                case StimulusRaised { Stimulus: { } stimulus }:
                    Happen(stimulus);
                    break;
            }
        }
    }

    private void Begin(StoredBookmark wait)
    {
        if (!waits.TryGetValue(wait.Hash, out var ofHash))
        {
            waits.Add(wait.Hash, ofHash = []);
        }

        ofHash.Add(wait);
        if (early.TryGetValue(wait.Hash, out var waiting) && waiting.TryDequeue(out var stimulus))
        {
            taken.Add(stimulus);
            resumes.Add(Resume(wait, stimulus.InputJson));
        }
    }

    private void Happen(Stimulus stimulus)
    {
        var answered = false;
        foreach (var wait in waits.GetValueOrDefault(stimulus.Hash) ?? [])
        {
            resumes.Add(Resume(wait, stimulus.InputJson));
            answered = true;
        }

        foreach (var trigger in triggers[stimulus.Hash])
        {
            if (stimulus.OnlyDefinitionId is null || stimulus.OnlyDefinitionId == trigger.DefinitionId)
            {
                var start = Start(trigger, stimulus);
                starts.TryAdd(start.Key, start);
                answered = true;
            }
        }

        if (!answered && stimulus.KeepForLaterWait)
        {
            Keep(stimulus);
        }
    }

    private void Keep(Stimulus stimulus)
    {
        var row = new EarlyStimulus
        {
            Id = Guid.CreateVersion7(),
            MerchantId = merchantId,
            Name = stimulus.Name,
            Hash = stimulus.Hash,
            InputJson = stimulus.InputJson,
            RaisedAt = now,
            ExpiresAt = now + KeptFor,
        };
        kept.Add(row);
        if (!early.TryGetValue(stimulus.Hash, out var waiting))
        {
            early.Add(stimulus.Hash, waiting = new Queue<EarlyStimulus>());
        }

        waiting.Enqueue(row);
    }

    private WorkItem Resume(StoredBookmark wait, string? inputJson)
    {
        var id = Guid.CreateVersion7();
        return new WorkItem
        {
            Id = id,
            TenantId = merchantId,
            Kind = WorkKind.Resume,
            Key = $"bookmark:{wait.Id:N}:{id:N}",
            CaseId = wait.CaseId,
            BookmarkId = wait.Id,
            InputJson = inputJson,
            Lane = lane,
            EnqueuedAt = now,
        };
    }

    private WorkItem Start(TriggerRow trigger, Stimulus stimulus)
    {
        var id = Guid.CreateVersion7();
        var startKey = stimulus.StartKey ?? $"stimulus:{id:N}";
        return new WorkItem
        {
            Id = id,
            TenantId = merchantId,
            Kind = WorkKind.Start,
            Key = $"start:{trigger.DefinitionId}:{startKey}",
            CaseId = CaseIdentity.Of(merchantId, trigger.DefinitionId, startKey),
            DefinitionVersionId = trigger.DefinitionVersionId,
            NodeId = trigger.NodeId,
            StartKey = startKey,
            Subject = stimulus.Subject,
            InputJson = stimulus.InputJson,
            Lane = lane,
            EnqueuedAt = now,
        };
    }
}
