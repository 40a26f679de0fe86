using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>The engine's unit of work, timed; tells what was committed.</summary>
internal sealed class ObservedUnitOfWork(IEngineUnitOfWork work, Milestones milestones, Sections sections) : IEngineUnitOfWork
{
    private readonly List<(int Position, CaseRecord Case)> moved = [];

    public Guid TenantId => work.TenantId;

    public int Position => work.Position;

    public void Append(EngineChange change)
    {
        if (change is CaseChanged changed)
        {
            moved.Add((work.Position, changed.Case));
        }

        work.Append(change);
    }

    public void CutBack(int position)
    {
        moved.RemoveAll(each => each.Position >= position);
        work.CutBack(position);
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await work.CommitAsync(cancellationToken);
        sections.Add(moved.Count > 0 ? "commit of bursts" : "commit of events", startedAt);
        foreach (var (_, @case) in moved)
        {
            milestones.Committed(@case);
        }

        moved.Clear();
    }
}

/// <summary>The work queue, timed.</summary>
internal sealed class ObservedQueue(IWorkQueue queue, Sections sections) : IWorkQueue
{
    public async ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var items = await queue.ClaimAsync(owner, limit, lease, cancellationToken);
        sections.Add(items.Count > 0 ? "claims" : "claims of nothing", startedAt);
        return items;
    }

    public async ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var fired = await queue.FireDueTimersAsync(now, limit, cancellationToken);
        sections.Add("looks for due timers", startedAt);
        return fired;
    }

    public ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default) => queue.ReleaseAsync(item, delay, error, cancellationToken);

    public ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default) => queue.NextTimerDueAsync(cancellationToken);

    public ValueTask<int> DepthAsync(CancellationToken cancellationToken = default) => queue.DepthAsync(cancellationToken);

    public ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default) => queue.StandAsync(tenantId, cancellationToken);
}

/// <summary>Reads of cases; the one that every burst makes is timed.</summary>
internal sealed class ObservedCases(ICaseStore cases, Sections sections) : ICaseStore
{
    public async ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var found = await cases.FindAsync(caseId, cancellationToken);
        sections.Add("loading cases", startedAt);
        return found;
    }

    public ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(Guid caseId, CancellationToken cancellationToken = default) => cases.BookmarksAsync(caseId, cancellationToken);

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(Guid caseId, CancellationToken cancellationToken = default) => cases.JournalAsync(caseId, cancellationToken);

    public ValueTask<JournalEntry?> FirstEntryAsync(Guid caseId, CancellationToken cancellationToken = default) => cases.FirstEntryAsync(caseId, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, int>> JournalCausesAsync(Guid caseId, CancellationToken cancellationToken = default) => cases.JournalCausesAsync(caseId, cancellationToken);

    public ValueTask<Incident?> FindIncidentAsync(Guid incidentId, CancellationToken cancellationToken = default) => cases.FindIncidentAsync(incidentId, cancellationToken);

    public ValueTask<IReadOnlyList<Incident>> OpenIncidentsAsync(Guid? caseId, int limit, Guid? after = null, CancellationToken cancellationToken = default) => cases.OpenIncidentsAsync(caseId, limit, after, cancellationToken);

    public ValueTask<IReadOnlyList<Incident>> OpenIncidentsOfCauseAsync(IncidentCause cause, int limit, CancellationToken cancellationToken = default) =>
        cases.OpenIncidentsOfCauseAsync(cause, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Incident>> FirstOfCausesAsync(IReadOnlyCollection<IncidentCause> causes, int ofEach, CancellationToken cancellationToken = default) =>
        cases.FirstOfCausesAsync(causes, ofEach, cancellationToken);

    public ValueTask<IReadOnlyList<CaseRecord>> QueryAsync(CaseQuery query, CancellationToken cancellationToken = default) => cases.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> QueryIdsAsync(CaseQuery query, CancellationToken cancellationToken = default) => cases.QueryIdsAsync(query, cancellationToken);

    public ValueTask<IReadOnlyDictionary<int, int>> RunningByVersionAsync(string definitionId, CancellationToken cancellationToken = default) => cases.RunningByVersionAsync(definitionId, cancellationToken);

    public ValueTask<IReadOnlyList<WaitingPlace>> WaitingPlacesAsync(CancellationToken cancellationToken = default) => cases.WaitingPlacesAsync(cancellationToken);
}
