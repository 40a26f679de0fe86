namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>The work items of a store in memory: by rank, under leases, one of a case at a time.</summary>
internal sealed class MemoryQueueRows(TimeProvider leaseClock)
{
    private readonly Dictionary<Guid, Row> _rows = [];
    private readonly Dictionary<(Guid Tenant, string Key), Guid> _byKey = [];
    private readonly Dictionary<Guid, Guid> _leasedCases = [];
    private readonly SortedSet<Rank> _order = [];
    private long _came;

    public int Count => _rows.Count;

    public bool Has(WorkItem item) => _byKey.ContainsKey((item.TenantId, item.Key));

    /// <summary>False where an item with the key exists already.</summary>
    public bool TryAdd(WorkItem item)
    {
        if (!_byKey.TryAdd((item.TenantId, item.Key), item.Id))
            return false;
        var rank = new Rank(leaseClock.GetUtcNow() + WorkLanes.GivesWayBy(item.Lane), _came++, item.Id);
        _rows.Add(item.Id, new Row(item, rank));
        _order.Add(rank);
        return true;
    }

    public bool Holds(Guid itemId, Guid leaseToken) => _rows.TryGetValue(itemId, out var row) && row.Item.LeaseToken == leaseToken && leaseToken != Guid.Empty;

    public void Remove(Guid itemId)
    {
        if (!_rows.Remove(itemId, out var row))
            return;
        _byKey.Remove((row.Item.TenantId, row.Item.Key));
        _order.Remove(row.Rank);
        Free(row);
    }

    public ClaimedItems Claim(int limit, TimeSpan lease)
    {
        var now = leaseClock.GetUtcNow();
        var claimed = new List<WorkItem>();
        var leavesOthers = false;
        foreach (var rank in _order)
        {
            var row = _rows[rank.ItemId];
            if (row.FreeAt > now)
                continue;
            leavesOthers |= claimed.Count == limit || IsCaseHeldByAnother(row, now);
            if (claimed.Count == limit)
                break;
            if (IsCaseHeldByAnother(row, now))
                continue;
            row.FreeAt = now + lease;
            row.Item = row.Item with { LeaseToken = Guid.NewGuid(), Attempts = row.Item.Attempts + 1, Rank = rank.At.UtcTicks };
            _leasedCases[row.Item.CaseId] = row.Item.Id;
            claimed.Add(row.Item);
        }

        return new ClaimedItems(claimed, leavesOthers);
    }

    public void Release(WorkItem item, TimeSpan delay)
    {
        if (!Holds(item.Id, item.LeaseToken))
            return;
        var row = _rows[item.Id];
        row.FreeAt = leaseClock.GetUtcNow() + delay;
        row.Item = row.Item with { LeaseToken = Guid.Empty };
        Free(row);
    }

    public IReadOnlyList<LaneStand> Stand(Guid? tenantId) =>
    [
        .. _rows.Values.Select(row => row.Item).Where(item => tenantId is null || item.TenantId == tenantId).GroupBy(item => item.Lane).OrderBy(lane => lane.Key)
            .Select(lane => new LaneStand(lane.Key, lane.Count(), lane.Count(item => item.LeaseToken != Guid.Empty), lane.Min(item => item.EnqueuedAt))),
    ];

    private bool IsCaseHeldByAnother(Row row, DateTimeOffset now) =>
        _leasedCases.TryGetValue(row.Item.CaseId, out var holder) && holder != row.Item.Id
        && _rows.TryGetValue(holder, out var other) && other.FreeAt > now && other.Item.LeaseToken != Guid.Empty;

    private void Free(Row row)
    {
        if (_leasedCases.TryGetValue(row.Item.CaseId, out var holder) && holder == row.Item.Id)
            _leasedCases.Remove(row.Item.CaseId);
    }

    /// <summary>Where an item stands: a slow lane gives way for a time, not for ever.</summary>
    private readonly record struct Rank(DateTimeOffset At, long Came, Guid ItemId) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => (At, Came).CompareTo((other.At, other.Came));
    }

    private sealed class Row(WorkItem item, Rank rank)
    {
        public WorkItem Item { get; set; } = item;

        public Rank Rank { get; } = rank;

        public DateTimeOffset FreeAt { get; set; } = DateTimeOffset.MinValue;
    }
}
