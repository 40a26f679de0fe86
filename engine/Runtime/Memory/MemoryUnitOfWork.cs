namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>Collects changes of one tenant, and applies them to the memory store together.</summary>
internal sealed class MemoryUnitOfWork(MemoryEngineStore store, Guid tenantId) : IEngineUnitOfWork
{
    private readonly List<EngineChange> _changes = [];

    public Guid TenantId { get; } = tenantId;

    public int Position => _changes.Count;

    public void Append(EngineChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _changes.Add(change);
    }

    public void CutBack(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (position < _changes.Count)
            _changes.RemoveRange(position, _changes.Count - position);
    }

    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.Commit(TenantId, _changes);
        _changes.Clear();
        return Task.CompletedTask;
    }
}
