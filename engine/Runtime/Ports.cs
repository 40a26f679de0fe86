using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// Opens a scope for one tenant: a service provider in which the unit of work, the stores and the domain's services are
/// bound to that tenant. Workers have no request to take a tenant from.
/// </summary>
public interface ITenantScopes
{
    /// <summary>A scope bound to the tenant; dispose it when the burst is over.</summary>
    ITenantScope Open(Guid tenantId);
}

/// <summary>A tenant's scope.</summary>
public interface ITenantScope : IAsyncDisposable
{
    /// <summary>The services bound to the tenant.</summary>
    IServiceProvider Services { get; }
}

/// <summary>
/// What one stimulus changes, collected in memory and committed as one transaction. Scoped to a tenant. The domain's
/// changes stand in the same list, so that a cut takes back both.
/// </summary>
public interface IEngineUnitOfWork
{
    /// <summary>The tenant whose rows change.</summary>
    Guid TenantId { get; }

    /// <summary>How many changes (engine's and domain's) were appended: a mark to cut back to.</summary>
    int Position { get; }

    /// <summary>Adds a change.</summary>
    void Append(EngineChange change);

    /// <summary>Forgets every change, engine's and domain's, appended after the mark.</summary>
    void CutBack(int position);

    /// <summary>
    /// Commits all changes, or none. Throws <see cref="RevisionConflictException"/> when somebody else moved the case or
    /// definition first, <see cref="LeaseLostException"/> when the work item is no longer held, and
    /// <see cref="DuplicateStartException"/> when a case with the start key exists.
    /// </summary>
    Task CommitAsync(CancellationToken cancellationToken = default);
}

/// <summary>Reads of one tenant's cases. Scoped to a tenant.</summary>
public interface ICaseStore
{
    /// <summary>The case, or null.</summary>
    ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>All places where a case waits.</summary>
    ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>The case's journal, oldest first.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>The first entry of a journal, or null.</summary>
    ValueTask<JournalEntry?> FirstEntryAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>How many entries a journal has of each cause, counted by the store.</summary>
    ValueTask<IReadOnlyDictionary<string, int>> JournalCausesAsync(Guid caseId, CancellationToken cancellationToken = default);

    /// <summary>The incident, or null.</summary>
    ValueTask<Incident?> FindIncidentAsync(Guid incidentId, CancellationToken cancellationToken = default);

    /// <summary>Open incidents, newest first; of one case where it is given, and only those that come after one where that is given.</summary>
    ValueTask<IReadOnlyList<Incident>> OpenIncidentsAsync(Guid? caseId, int limit, Guid? after = null, CancellationToken cancellationToken = default);

    /// <summary>Open incidents of one cause, oldest first.</summary>
    ValueTask<IReadOnlyList<Incident>> OpenIncidentsOfCauseAsync(IncidentCause cause, int limit, CancellationToken cancellationToken = default);

    /// <summary>The first open incidents of each of some causes, read at once; those of one cause oldest first.</summary>
    ValueTask<IReadOnlyList<Incident>> FirstOfCausesAsync(IReadOnlyCollection<IncidentCause> causes, int ofEach, CancellationToken cancellationToken = default);

    /// <summary>Cases by filter, newest first.</summary>
    ValueTask<IReadOnlyList<CaseRecord>> QueryAsync(CaseQuery query, CancellationToken cancellationToken = default);

    /// <summary>The identities of the cases of a filter, newest first.</summary>
    ValueTask<IReadOnlyList<Guid>> QueryIdsAsync(CaseQuery query, CancellationToken cancellationToken = default);

    /// <summary>How many cases of a scenario run on each of its versions; those that keep a clock (<see cref="CaseRecord.KeepsClock"/>) do not count.</summary>
    ValueTask<IReadOnlyDictionary<int, int>> RunningByVersionAsync(string definitionId, CancellationToken cancellationToken = default);

    /// <summary>At which steps cases wait, and how many at each: counted by the store, in the order of versions and steps.</summary>
    ValueTask<IReadOnlyList<WaitingPlace>> WaitingPlacesAsync(CancellationToken cancellationToken = default);
}

/// <summary>A step of a scenario version that cases wait at.</summary>
/// <param name="DefinitionVersionId">The version they run on.</param>
/// <param name="NodeId">The step.</param>
/// <param name="Cases">How many cases wait there.</param>
/// <param name="Callbacks">The methods they go on at; a case may wait for several.</param>
public sealed record WaitingPlace(string DefinitionVersionId, string NodeId, int Cases, IReadOnlyList<WaitingCallback> Callbacks);

/// <summary>A method that cases go on at.</summary>
/// <param name="Name">Its name, as it was when the wait began.</param>
/// <param name="Cases">How many cases wait for it.</param>
public sealed record WaitingCallback(string Name, int Cases);

/// <summary>Which cases to list.</summary>
public sealed record CaseQuery
{
    /// <summary>Only this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Only cases on this version of the scenario.</summary>
    public int? Version { get; init; }

    /// <summary>Only these cases; null for any.</summary>
    public IReadOnlyCollection<Guid>? Ids { get; init; }

    /// <summary>Only this business object.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this customer.</summary>
    public string? CustomerKey { get; init; }

    /// <summary>Only cases that people call by one of these (<see cref="CaseRecord.Reference"/>); null for any.</summary>
    public IReadOnlyList<string>? References { get; init; }

    /// <summary>Only cases in this status.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>No cases that keep a clock (<see cref="CaseRecord.KeepsClock"/>).</summary>
    public bool ExceptClocks { get; init; }

    /// <summary>Only cases waiting at this step.</summary>
    public string? WaitingNodeId { get; init; }

    /// <summary>Only cases older than this one (the last of the page before).</summary>
    public Guid? Before { get; init; }

    /// <summary>At most this many, 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>Reads of one tenant's scenarios. Scoped to a tenant.</summary>
public interface IScenarioStore
{
    /// <summary>The newest version of every scenario.</summary>
    ValueTask<IReadOnlyList<ScenarioVersion>> LatestAsync(CancellationToken cancellationToken = default);

    /// <summary>All versions of one scenario, newest first.</summary>
    ValueTask<IReadOnlyList<ScenarioVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default);

    /// <summary>One version, or null.</summary>
    ValueTask<ScenarioVersion?> FindVersionAsync(string versionId, CancellationToken cancellationToken = default);

    /// <summary>The published version of a scenario, or null.</summary>
    ValueTask<ScenarioVersion?> PublishedAsync(string definitionId, CancellationToken cancellationToken = default);
}

/// <summary>The work queue and the timers, over all tenants: the only statements that cross them.</summary>
public interface IWorkQueue
{
    /// <summary>
    /// Takes items under a lease measured by the database's clock. At most one item of a case is handed out at a time.
    /// </summary>
    ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Gives an item back after a passing failure; it may be claimed again after the delay (database clock).</summary>
    ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default);

    /// <summary>Turns timers due at the business instant into work items; answers how many.</summary>
    ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>The earliest business instant a timer is due; null when none waits.</summary>
    ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default);

    /// <summary>How many items wait or run.</summary>
    ValueTask<int> DepthAsync(CancellationToken cancellationToken = default);

    /// <summary>How the lanes stand, those with anything in them; of one tenant where it is given.</summary>
    ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default);
}

/// <summary>How a lane of the work queue stands.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Items">Items that wait or run.</param>
/// <param name="Held">Of these, those that a worker has taken.</param>
/// <param name="Oldest">When the oldest was asked for (business time).</param>
public sealed record LaneStand(WorkLane Lane, int Items, int Held, DateTimeOffset Oldest);

/// <summary>Wakes workers after a commit that left work; lost wake-ups only cost a poll.</summary>
public interface IWorkSignal
{
    /// <summary>Something is to be done.</summary>
    void Set();

    /// <summary>Waits for a signal, or the poll interval (real time).</summary>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>Somebody else changed the row first; the burst runs again on what is there now.</summary>
public sealed class RevisionConflictException(string message) : Exception(message);

/// <summary>The lease of the work item was lost: another worker has it, and this commit changes nothing.</summary>
public sealed class LeaseLostException(string message) : Exception(message);

/// <summary>A case is to end whose start, which was asked for before, is not done yet: its turn comes later.</summary>
internal sealed class NotBegunException(string message) : Exception(message);

/// <summary>A case with this start key exists already; the start has nothing left to do.</summary>
public sealed class DuplicateStartException(string message) : Exception(message);
