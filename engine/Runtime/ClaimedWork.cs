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

    /// <summary>How many items it would take.</summary>
    public int Room => Math.Max(1, limits.ClaimBatch - _line.Reader.Count);

    /// <summary>Whether the last claim took as much as it could.</summary>
    public bool IsQueueDeep { get; private set; }

    public bool WantsMore => IsQueueDeep ? _line.Reader.Count * 2 < limits.ClaimBatch : Volatile.Read(ref _held) < limits.Parallelism;

    /// <summary>Adds what a claim brought, of so many asked for; whether there may be more.</summary>
    public bool Add(IReadOnlyList<WorkItem> items, int asked)
    {
        IsQueueDeep = items.Count == asked;
        Interlocked.Add(ref _held, items.Count);
        foreach (var item in items)
            _line.Writer.TryWrite(new Place(item, _places++));
        return IsQueueDeep;
    }

    /// <summary>Items as they come, until the end.</summary>
    public async IAsyncEnumerable<WorkItem> TakeAllAsync()
    {
        await foreach (var place in _line.Reader.ReadAllAsync(CancellationToken.None))
            yield return place.Item;
    }

    /// <summary>An item that was taken is done.</summary>
    public void Done() => Interlocked.Decrement(ref _held);

    /// <summary>Nothing more comes.</summary>
    public void End() => _line.Writer.Complete();

    /// <summary>Where an item stands in the line: by its rank, and where that is the same, as it came.</summary>
    private readonly record struct Place(WorkItem Item, long Number) : IComparable<Place>
    {
        public int CompareTo(Place other) => (Item.Rank, Number).CompareTo((other.Item.Rank, other.Number));
    }
}
