namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>
/// The committed rows of one type, in the order they were committed: identities made within one millisecond have no order of
/// their own, and what is run again must find its rows in the same one.
/// </summary>
internal sealed class MemoryTable(Func<IMerchantRecord, string>[] uniqueValues)
{
    private readonly List<IMerchantRecord> rows = [];
    private readonly Dictionary<Guid, int> places = [];
    private readonly Dictionary<(int Index, Guid MerchantId, string Value), Guid> taken = [];

    public List<IMerchantRecord> Rows => rows;

    public IMerchantRecord? Find(Guid id) => places.TryGetValue(id, out var place) ? rows[place] : null;

    /// <summary>Throws <see cref="RecordConflictException"/> where changes, each other's rows among them, do not fit.</summary>
    public void Check(IReadOnlyCollection<MemoryChange> changes)
    {
        var changed = new Dictionary<(int Index, Guid MerchantId, string Value), Guid>();
        foreach (var change in changes)
        {
            if (Find(change.Record.Id)?.Revision != change.ReadRevision)
            {
                throw new RecordConflictException($"{change.Type.Name} {change.Record.Id} was changed meanwhile.");
            }

            for (var index = 0; index < uniqueValues.Length; index++)
            {
                var value = (index, change.Record.MerchantId, uniqueValues[index](change.Record));
                if (!changed.TryAdd(value, change.Record.Id) || (taken.TryGetValue(value, out var owner) && owner != change.Record.Id && !GivesUp(owner, index, value, changes)))
                {
                    throw new RecordConflictException($"{change.Type.Name} '{value.Item3}' is there already.");
                }
            }
        }
    }

    public void Write(IReadOnlyCollection<MemoryChange> changes)
    {
        foreach (var change in changes.Where(change => places.ContainsKey(change.Record.Id)))
        {
            foreach (var value in ValuesOf(rows[places[change.Record.Id]]))
            {
                taken.Remove(value);
            }
        }

        foreach (var change in changes)
        {
            if (places.TryGetValue(change.Record.Id, out var place))
            {
                rows[place] = change.Record;
            }
            else
            {
                places.Add(change.Record.Id, rows.Count);
                rows.Add(change.Record);
            }

            foreach (var value in ValuesOf(change.Record))
            {
                taken[value] = change.Record.Id;
            }
        }
    }

    private bool GivesUp(Guid owner, int index, (int, Guid, string) value, IReadOnlyCollection<MemoryChange> changes) =>
        changes.Any(change => change.Record.Id == owner && (index, change.Record.MerchantId, uniqueValues[index](change.Record)) != value);

    private IEnumerable<(int Index, Guid MerchantId, string Value)> ValuesOf(IMerchantRecord row) =>
        uniqueValues.Select((unique, index) => (index, row.MerchantId, unique(row)));
}
