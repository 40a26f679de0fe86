using CentralPay.Workflows.Engine.Execution;

namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>
/// A store that lives as long as its process: for tests, simulation and a first try. It keeps every rule of the ports, under
/// one lock.
/// </summary>
public sealed class MemoryEngineStore : IWorkQueue, ITenantScopes
{
    private readonly MemoryData _data;
    private readonly TimeProvider _businessClock;
    private readonly IServiceProvider? _host;
    private readonly EngineLimits _limits;

    /// <summary>An empty store.</summary>
    /// <param name="businessClock">Tells when things were asked for.</param>
    /// <param name="leaseClock">Measures leases; the business clock where null.</param>
    /// <param name="host">Gives the services that a tenant's scope holds besides the store; none where null.</param>
    /// <param name="limits">How many cases a stimulus reaches at once; the usual limits where null.</param>
    public MemoryEngineStore(TimeProvider businessClock, TimeProvider? leaseClock = null, IServiceProvider? host = null, EngineLimits? limits = null)
    {
        _limits = limits ?? new EngineLimits();
        _businessClock = businessClock;
        _data = new MemoryData(leaseClock ?? businessClock);
        _host = host;
    }

    /// <summary>Set when a commit left work to do; null where nobody listens.</summary>
    public IWorkSignal? Signal { get; set; }

    /// <inheritdoc />
    public ITenantScope Open(Guid tenantId) => new MemoryTenantScope(this, tenantId, _host);

    /// <inheritdoc />
    public ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        lock (_data.Gate)
        {
            var claimed = _data.Work.Claim(limit, lease);
            return new(new ClaimedItems([.. claimed.Select(item => item with { Case = _data.Cases.GetValueOrDefault(item.CaseId) })], claimed.LeavesOthers));
        }
    }

    /// <inheritdoc />
    public ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_data.Gate)
            _data.Work.Release(item, delay);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var fired = 0;
        lock (_data.Gate)
        {
            while (fired < limit && _data.Timers.TryPeek(out var bookmarkId, out var dueAt) && dueAt <= now)
            {
                _data.Timers.Dequeue();
                if (_data.Bookmarks.TryGetValue(bookmarkId, out var bookmark) && _data.Work.TryAdd(StimulusRouting.Timer(bookmark, now)))
                    fired++;
            }
        }

        return new(fired);
    }

    /// <inheritdoc />
    public ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default)
    {
        lock (_data.Gate)
        {
            while (_data.Timers.TryPeek(out var bookmarkId, out var dueAt))
            {
                if (_data.Bookmarks.ContainsKey(bookmarkId))
                    return new(dueAt);
                _data.Timers.Dequeue();
            }
        }

        return new((DateTimeOffset?)null);
    }

    /// <inheritdoc />
    public ValueTask<int> DepthAsync(CancellationToken cancellationToken = default)
    {
        lock (_data.Gate)
            return new(_data.Work.Count);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default)
    {
        lock (_data.Gate)
            return new(_data.Work.Stand(tenantId));
    }

    internal void Commit(Guid tenantId, IReadOnlyList<EngineChange> changes)
    {
        bool leftWork;
        lock (_data.Gate)
            leftWork = new MemoryCommit(_data, tenantId, _businessClock.GetUtcNow(), _limits.MaxCasesPerStimulus).Apply(changes);
        if (leftWork)
            Signal?.Set();
    }

    internal T Read<T>(Func<MemoryData, T> read)
    {
        lock (_data.Gate)
            return read(_data);
    }
}
