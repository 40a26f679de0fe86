using System.Data.Common;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;

namespace CentralPay.Workflows.Engine.Tests.Storms;

/// <summary>The connection to the store broke; whether it had done what it was asked is not known.</summary>
internal sealed class ConnectionLostException(string at) : DbException($"The connection was lost at {at}.");

/// <summary>Where a connection may break: before a statement reaches the store, or after it was carried out.</summary>
internal sealed class Weather(Turns turns)
{
    /// <summary>How many of a thousand statements fail.</summary>
    public int FailuresInThousand { get; set; }

    public async ValueTask<T> SayAsync<T>(string statement, Func<ValueTask<T>> run)
    {
        await turns.NextAsync(statement);
        Break(statement);
        var answer = await run();
        Break($"the answer of {statement}");
        return answer;
    }

    /// <summary>Breaks the connection, as often as the weather is.</summary>
    public void Break(string at)
    {
        if (turns.Random.Next(1000) >= FailuresInThousand)
            return;
        turns.Note($"connection lost at {at}");
        throw new ConnectionLostException(at);
    }
}

/// <summary>The memory store as it is seen over a network that fails: each statement is a turn of the actor, and may be lost.</summary>
internal sealed class StormStore(MemoryEngineStore store, Weather weather, IReadOnlyDictionary<Type, object> services) : IWorkQueue, ITenantScopes
{
    private readonly Promises _promises = new();

    /// <summary>What the store let happen and must not.</summary>
    public IReadOnlyList<string> Broken => _promises.Broken;

    public ITenantScope Open(Guid tenantId) => new Scope(store.Open(tenantId), weather, _promises, services);

    public ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default) =>
        weather.SayAsync("claim", async () =>
        {
            var claimed = await store.ClaimAsync(owner, limit, lease, cancellationToken);
            _promises.Claimed(claimed);
            return claimed;
        });

    public async ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default) =>
        await weather.SayAsync("release", async () =>
        {
            await store.ReleaseAsync(item, delay, error, cancellationToken);
            return true;
        });

    public ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        weather.SayAsync("timers", () => store.FireDueTimersAsync(now, limit, cancellationToken));

    public ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default) => store.NextTimerDueAsync(cancellationToken);

    public ValueTask<int> DepthAsync(CancellationToken cancellationToken = default) => store.DepthAsync(cancellationToken);

    public ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default) => store.StandAsync(tenantId, cancellationToken);

    private sealed class Scope(ITenantScope inner, Weather weather, Promises promises, IReadOnlyDictionary<Type, object> services) : ITenantScope, IServiceProvider
    {
        private readonly Work _work = new((IEngineUnitOfWork)inner.Services.GetService(typeof(IEngineUnitOfWork))!, weather, promises);
        private readonly Cases _cases = new((ICaseStore)inner.Services.GetService(typeof(ICaseStore))!, weather);

        public IServiceProvider Services => this;

        public object? GetService(Type serviceType) =>
            serviceType == typeof(IEngineUnitOfWork) ? _work
            : serviceType == typeof(ICaseStore) ? _cases
            : serviceType == typeof(IEnumerable<IExpressionRoots>) ? Array.Empty<IExpressionRoots>()
            : services.GetValueOrDefault(serviceType) ?? inner.Services.GetService(serviceType);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Work(IEngineUnitOfWork inner, Weather weather, Promises promises) : IEngineUnitOfWork
    {
        private readonly List<EngineChange> _changes = [];

        public Guid TenantId => inner.TenantId;

        public int Position => inner.Position;

        public void Append(EngineChange change)
        {
            inner.Append(change);
            _changes.Add(change);
        }

        public void CutBack(int position)
        {
            inner.CutBack(position);
            _changes.RemoveRange(position, _changes.Count - position);
        }

        public async Task CommitAsync(CancellationToken cancellationToken = default) => await weather.SayAsync("commit", async () =>
        {
            await inner.CommitAsync(cancellationToken);
            promises.Committed(_changes);
            _changes.Clear();
            return true;
        });
    }

    /// <summary>What every commit must keep by itself, whatever else would catch what it let through.</summary>
    private sealed class Promises
    {
        private readonly Dictionary<Guid, Guid> _holders = [];
        private readonly HashSet<Guid> _begun = [];
        private readonly HashSet<Guid> _decided = [];
        private readonly List<string> _broken = [];

        public IReadOnlyList<string> Broken => _broken;

        public void Claimed(IEnumerable<WorkItem> items)
        {
            foreach (var item in items)
                _holders[item.Id] = item.LeaseToken;
        }

        public void Committed(IEnumerable<EngineChange> changes)
        {
            foreach (var change in changes)
            {
                switch (change)
                {
                    case WorkCompleted done when _holders.GetValueOrDefault(done.WorkItemId) != done.LeaseToken:
                        _broken.Add($"whoever had lost {done.WorkItemId} committed it");
                        break;
                    case CaseChanged { ExpectedRevision: 0 } begun when !_begun.Add(begun.Case.Id):
                        _broken.Add($"the case {begun.Case.Id} began twice");
                        break;
                    case IncidentResolved decided when !_decided.Add(decided.IncidentId):
                        _broken.Add($"the incident {decided.IncidentId} was decided twice");
                        break;
                }
            }
        }
    }

    private sealed class Cases(ICaseStore inner, Weather weather) : ICaseStore
    {
        public ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default) =>
            weather.SayAsync("case", () => inner.FindAsync(caseId, cancellationToken));

        public ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(Guid caseId, CancellationToken cancellationToken = default) =>
            weather.SayAsync("waits", () => inner.BookmarksAsync(caseId, cancellationToken));

        public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(Guid caseId, CancellationToken cancellationToken = default) => inner.JournalAsync(caseId, cancellationToken);

        public ValueTask<JournalEntry?> FirstEntryAsync(Guid caseId, CancellationToken cancellationToken = default) => inner.FirstEntryAsync(caseId, cancellationToken);

        public ValueTask<IReadOnlyDictionary<string, int>> JournalCausesAsync(Guid caseId, CancellationToken cancellationToken = default) => inner.JournalCausesAsync(caseId, cancellationToken);

        public ValueTask<Incident?> FindIncidentAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
            weather.SayAsync("incident", () => inner.FindIncidentAsync(incidentId, cancellationToken));

        public ValueTask<IReadOnlyList<Incident>> OpenIncidentsAsync(Guid? caseId, int limit, Guid? after = null, CancellationToken cancellationToken = default) =>
            weather.SayAsync("incidents", () => inner.OpenIncidentsAsync(caseId, limit, after, cancellationToken));

        public ValueTask<IReadOnlyList<CaseRecord>> QueryAsync(CaseQuery query, CancellationToken cancellationToken = default) => inner.QueryAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Guid>> QueryIdsAsync(CaseQuery query, CancellationToken cancellationToken = default) => inner.QueryIdsAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Incident>> OpenIncidentsOfCauseAsync(IncidentCause cause, int limit, CancellationToken cancellationToken = default) =>
            weather.SayAsync("incidents", () => inner.OpenIncidentsOfCauseAsync(cause, limit, cancellationToken));

        public ValueTask<IReadOnlyList<Incident>> FirstOfCausesAsync(IReadOnlyCollection<IncidentCause> causes, int ofEach, CancellationToken cancellationToken = default) =>
            weather.SayAsync("incidents", () => inner.FirstOfCausesAsync(causes, ofEach, cancellationToken));

        public ValueTask<IReadOnlyDictionary<int, int>> RunningByVersionAsync(string definitionId, CancellationToken cancellationToken = default) => inner.RunningByVersionAsync(definitionId, cancellationToken);

        public ValueTask<IReadOnlyList<WaitingPlace>> WaitingPlacesAsync(CancellationToken cancellationToken = default) => inner.WaitingPlacesAsync(cancellationToken);
    }
}
