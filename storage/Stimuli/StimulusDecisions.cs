using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Schema;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>A stored wait, and whether its resume is queued already.</summary>
internal sealed record StandingBookmark(Bookmark Bookmark, bool IsHit);

/// <summary>A stimulus to be kept if none of the items it led to could be queued.</summary>
internal sealed record Hit(Stimulus Stimulus, IReadOnlyList<Guid> Items);

/// <summary>What stands in the database for the hashes of a commit.</summary>
internal sealed record StandingWaits
{
    public required IReadOnlyList<StandingBookmark> Bookmarks { get; init; }

    public required IReadOnlyList<TriggerRow> Triggers { get; init; }

    public required IReadOnlyList<EarlyStimulus> Early { get; init; }
}

/// <summary>
/// Who is resumed, who is started and what is kept: decided change by change in the order they were appended, so that a
/// wait burned before a stimulus is not hit by it, one that burns is hit once, and one begun after a stimulus takes it
/// from those kept.
/// </summary>
internal sealed class StimulusDecisions
{
    /// <summary>How long a stimulus is kept for its wait.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    // More stimuli than this in one commit are an import: what they set off gives way to what happens meanwhile.
    private const int MostEventsAtOnce = 50;

    private readonly Guid merchantId;
    private readonly DateTimeOffset now;
    private readonly int maxCasesPerStimulus;
    private readonly WorkLane lane;
    private readonly ILookup<string, TriggerRow> triggers;
    private readonly Dictionary<string, List<Bookmark>> waits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<EarlyStimulus>> early;
    private readonly HashSet<Guid> stored;
    private readonly HashSet<Guid> hitWaits;
    private readonly List<WorkItem> items = [];
    private readonly HashSet<string> startKeys = new(StringComparer.Ordinal);
    private readonly List<EarlyStimulus> kept = [];
    private readonly List<EarlyStimulus> taken = [];
    private readonly List<Hit> hits = [];

    public StimulusDecisions(Guid merchantId, StandingWaits standing, DateTimeOffset now, int stimuli, int maxCasesPerStimulus)
    {
        this.maxCasesPerStimulus = maxCasesPerStimulus;
        this.merchantId = merchantId;
        this.now = now;
        lane = stimuli > MostEventsAtOnce ? WorkLane.Bulk : WorkLane.Event;
        triggers = standing.Triggers.ToLookup(trigger => trigger.Hash, StringComparer.Ordinal);
        early = standing.Early.GroupBy(stimulus => stimulus.Hash, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<EarlyStimulus>(group), StringComparer.Ordinal);
        stored = [.. standing.Early.Select(stimulus => stimulus.Id)];
        hitWaits = [.. standing.Bookmarks.Where(wait => wait.IsHit && wait.Bookmark.AutoBurn).Select(wait => wait.Bookmark.Id)];
        foreach (var wait in standing.Bookmarks)
        {
            Wait(wait.Bookmark, wait.Bookmark.Hash!);
        }
    }

    /// <summary>What is to be queued: starts, resumes, and what brings more of both later.</summary>
    public IReadOnlyList<WorkItem> Items => items;

    /// <summary>Stimuli that hit waits, and nothing else.</summary>
    public IReadOnlyList<Hit> Hits => hits;

    /// <summary>To be kept: those that no wait of this very commit took.</summary>
    public IEnumerable<EarlyStimulus> Kept => kept.Except(taken);

    /// <summary>To be forgotten.</summary>
    public IEnumerable<EarlyStimulus> Taken => taken.Where(stimulus => stored.Contains(stimulus.Id));

    public void Take(IReadOnlyList<object> changes)
    {
        var ended = BookmarkBurned.LeftBy(changes);
        foreach (var change in changes)
        {
            switch (change)
            {
                case BookmarkCreated { Bookmark: { Hash: { } hash } bookmark }:
                    // A wait that ends in the very commit that begins it takes nothing away from those that stand.
                    if (!ended.Contains(bookmark.Id))
                    {
                        Begin(bookmark, hash);
                    }

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

    /// <summary>A stimulus as it is kept.</summary>
    public EarlyStimulus Early(Stimulus stimulus) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchantId,
        Name = stimulus.Name,
        Hash = stimulus.Hash,
        InputJson = stimulus.InputJson,
        RaisedAt = now,
        ExpiresAt = now + KeptFor,
    };

    private void Wait(Bookmark bookmark, string hash)
    {
        if (!waits.TryGetValue(hash, out var ofHash))
        {
            waits.Add(hash, ofHash = []);
        }

        ofHash.Add(bookmark);
    }

    private void Begin(Bookmark bookmark, string hash)
    {
        Wait(bookmark, hash);
        if (early.TryGetValue(hash, out var waiting) && waiting.TryDequeue(out var stimulus))
        {
            taken.Add(stimulus);
            items.Add(Resume(bookmark, new Stimulus { Name = stimulus.Name, Hash = hash, InputJson = stimulus.InputJson }));
        }
    }

    private void Happen(Stimulus stimulus)
    {
        List<WorkItem> ofStimulus = [];
        foreach (var bookmark in waits.GetValueOrDefault(stimulus.Hash) ?? [])
        {
            if (!bookmark.AutoBurn || !hitWaits.Contains(bookmark.Id))
            {
                ofStimulus.Add(Resume(bookmark, stimulus));
            }
        }

        Guid[] hit = [.. ofStimulus.Select(item => item.Id)];

        var started = false;
        foreach (var trigger in triggers[stimulus.Hash].Where(trigger => stimulus.OnlyDefinitionId is null || stimulus.OnlyDefinitionId == trigger.DefinitionId))
        {
            started = true;
            var entry = new TriggerEntry(trigger.DefinitionVersionId, trigger.NodeId, trigger.Name, trigger.Hash);
            var start = StimulusRouting.Start(merchantId, stimulus, entry, trigger.DefinitionId, now) with { Lane = lane };
            if (startKeys.Add(start.Key))
            {
                ofStimulus.Add(start);
            }
        }

        items.AddRange(StimulusPortions.Of(stimulus, ofStimulus, maxCasesPerStimulus, now));

        if (started || !stimulus.KeepForLaterWait)
        {
            return;
        }

        if (hit.Length > 0)
        {
            hits.Add(new Hit(stimulus, hit));
            return;
        }

        var row = Early(stimulus);
        kept.Add(row);
        if (!early.TryGetValue(stimulus.Hash, out var waiting))
        {
            early.Add(stimulus.Hash, waiting = new Queue<EarlyStimulus>());
        }

        waiting.Enqueue(row);
    }

    private WorkItem Resume(Bookmark bookmark, Stimulus stimulus)
    {
        hitWaits.Add(bookmark.Id);
        return StimulusRouting.Resume(stimulus, bookmark, now) with { Lane = lane };
    }
}
