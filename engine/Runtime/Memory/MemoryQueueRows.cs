namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>The work items of a store in memory: by lane, under leases, one of a case at a time.</summary>
internal sealed class MemoryQueueRows
{
    private readonly Dictionary<Guid, Row> _rows = [];
    private readonly Dictionary<(Guid Tenant, string Key), Guid> _byKey = [];
    private readonly Dictionary<Guid, Guid> _leasedCases = [];
    private readonly LinkedList<Guid>[] _lanes = [new(), new(), new()];

    public int Count => _rows.Count;

    /// <summary>False where an item with the key exists already.</summary>
    public bool TryAdd(WorkItem item)
    {
        if (!_byKey.TryAdd((item.TenantId, item.Key), item.Id))
            return false;
        _rows.Add(item.Id, new Row(item, _lanes[(int)item.Lane].AddLast(item.Id)));
        return true;
    }

    public bool Holds(Guid itemId, Guid leaseToken) => _rows.TryGetValue(itemId, out var row) && row.Item.LeaseToken == leaseToken && leaseToken != Guid.Empty;

    public void Remove(Guid itemId)
    {
        if (!_rows.Remove(itemId, out var row))
            return;
        _byKey.Remove((row.Item.TenantId, row.Item.Key));
        _lanes[(int)row.Item.Lane].Remove(row.Place);
        Free(row);
    }

    public List<WorkItem> Claim(int limit, TimeSpan lease, DateTimeOffset now)
    {
        var claimed = new List<WorkItem>();
        foreach (var lane in _lanes)
        {
            for (var place = lane.First; place is not null && claimed.Count < limit; place = place.Next)
            {
                var row = _rows[place.Value];
                if (row.FreeAt > now || IsCaseHeldByAnother(row, now))
                    continue;
                row.FreeAt = now + lease;
                row.Item = row.Item with { LeaseToken = Guid.NewGuid(), Attempts = row.Item.Attempts + 1 };
                _leasedCases[row.Item.CaseId] = row.Item.Id;
                claimed.Add(row.Item);
            }
        }

        return claimed;
    }

    public void Release(WorkItem item, TimeSpan delay, DateTimeOffset now)
    {
        if (!Holds(item.Id, item.LeaseToken))
            return;
        var row = _rows[item.Id];
        row.FreeAt = now + delay;
        row.Item = row.Item with { LeaseToken = Guid.Empty };
        Free(row);
    }

    private bool IsCaseHeldByAnother(Row row, DateTimeOffset now) =>
        _leasedCases.TryGetValue(row.Item.CaseId, out var holder) && holder != row.Item.Id
        && _rows.TryGetValue(holder, out var other) && other.FreeAt > now && other.Item.LeaseToken != Guid.Empty;

    private void Free(Row row)
    {
        if (_leasedCases.TryGetValue(row.Item.CaseId, out var holder) && holder == row.Item.Id)
            _leasedCases.Remove(row.Item.CaseId);
    }

    private sealed class Row(WorkItem item, LinkedListNode<Guid> place)
    {
        public WorkItem Item { get; set; } = item;

        public LinkedListNode<Guid> Place { get; } = place;

        public DateTimeOffset FreeAt { get; set; } = DateTimeOffset.MinValue;
    }
}
