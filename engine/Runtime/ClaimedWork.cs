using System.Threading.Channels;
using CentralPay.Workflows.Engine.Execution;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// What a worker has claimed and not done, and whether it should claim more. While the queue is deep it claims ahead of its
/// hands; else only for hands that would be idle, so that what comes meanwhile is claimed together. What is claimed ahead
/// gives way by the rule of the queue: an event does not wait behind timers that were claimed before it.
/// </summary>
internal sealed class ClaimedWork(EngineLimits limits)
{
    private readonly Channel<Place> _line = Channel.CreateUnboundedPrioritized<Place>();
    private long _places;
    private int _held;
    private long _done;
    private int _leavesOthers;

    /// <summary>How many items it would take.</summary>
    public int Room => Math.Max(1, limits.ClaimBatch - _line.Reader.Count);

    /// <summary>How many items were done.</summary>
    public long DoneSoFar => Interlocked.Read(ref _done);

    /// <summary>Whether the last claim took as much as it could and left more.</summary>
    public bool IsQueueDeep { get; private set; }

    public bool WantsMore => IsQueueDeep ? _line.Reader.Count * 2 < limits.ClaimBatch : Volatile.Read(ref _held) < limits.Parallelism;

    /// <summary>
    /// Adds what a claim brought, of so many asked for, which began when so many were done; whether there may be more: beyond
    /// the limit, or of a case of which an item was done meanwhile.
    /// </summary>
    public bool Add(ClaimedItems items, int asked, long doneBefore)
    {
        IsQueueDeep = items.LeavesOthers && items.Count == asked;
        Interlocked.Add(ref _held, items.Count);
        foreach (var item in Shuffled(items))
            _line.Writer.TryWrite(new Place(item, _places++));
        return Leave(items.LeavesOthers, doneBefore) || IsQueueDeep;
    }

    /// <summary>
    /// Items that were claimed before and did not come to an end change places with each other, otherwise with each claim: where
    /// one of them takes the process with it each time, the others come before it and are done.
    /// </summary>
    private static IReadOnlyList<WorkItem> Shuffled(IReadOnlyList<WorkItem> items)
    {
        var tried = items.Where(item => item.Attempts > 1).ToList();
        if (tried.Count < 2)
            return items;
        var ranks = tried.Select(item => item.Rank).Order().ToArray();
        var placed = tried.OrderBy(item => new Random(item.Id.GetHashCode() ^ item.Attempts).Next()).Select((item, place) => item with { Rank = ranks[place] });
        return [.. items.Where(item => item.Attempts <= 1), .. placed];
    }

    /// <summary>Notes that something may wait until an item is done; whether one was done meanwhile.</summary>
    public bool LeaveOthers(long doneBefore) => Leave(true, doneBefore);

    /// <summary>Items as they come, until the end.</summary>
    public async IAsyncEnumerable<WorkItem> TakeAllAsync()
    {
        await foreach (var place in _line.Reader.ReadAllAsync(CancellationToken.None))
            yield return place.Item;
    }

    /// <summary>An item that was taken is done; whether something may have waited for it.</summary>
    public bool Done()
    {
        Interlocked.Decrement(ref _held);
        Interlocked.Increment(ref _done);
        return Volatile.Read(ref _leavesOthers) == 1;
    }

    // Written before it is read what was done, as what was done is written before this is read: one of the two sees the other.
    private bool Leave(bool leavesOthers, long doneBefore)
    {
        Interlocked.Exchange(ref _leavesOthers, leavesOthers ? 1 : 0);
        return leavesOthers && DoneSoFar != doneBefore;
    }

    /// <summary>Nothing more comes.</summary>
    public void End() => _line.Writer.Complete();

    /// <summary>Where an item stands in the line: by its rank, and where that is the same, as it came.</summary>
    private readonly record struct Place(WorkItem Item, long Number) : IComparable<Place>
    {
        public int CompareTo(Place other) => (Item.Rank, Number).CompareTo((other.Item.Rank, other.Number));
    }
}
