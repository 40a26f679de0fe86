namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>One thing to run: a start, a resume, a retry. Claimed under a lease, gone when its burst commits.</summary>
public sealed record WorkItem
{
    /// <summary>The item's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant whose case it moves.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>What to do.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>Unique in a tenant while the item exists: asking twice is asking once.</summary>
    public required string Key { get; init; }

    /// <summary>The case to move; for a start, the identity that the new case gets; for a portion of a stimulus, its own.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>For a start: the published version to run; for a migration: the one to go on with.</summary>
    public string? DefinitionVersionId { get; init; }

    /// <summary>For a start: the trigger step it begins at; null for the scenario's own start.</summary>
    public string? NodeId { get; init; }

    /// <summary>For a start: <see cref="CaseRecord.StartKey"/>.</summary>
    public string? StartKey { get; init; }

    /// <summary>For a start: what the case is about.</summary>
    public CaseSubject? Subject { get; init; }

    /// <summary>For a resume: the bookmark that was hit.</summary>
    public Guid? BookmarkId { get; init; }

    /// <summary>For a retry, skip or cancel: the incident that was decided.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>The input as a JSON object; null for none.</summary>
    public string? InputJson { get; init; }

    /// <summary>Which lane it is drained in; new events go before timers, both before bulk starts. Old items age upward.</summary>
    public WorkLane Lane { get; init; } = WorkLane.Event;

    /// <summary>How many times it was claimed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was asked (business time).</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The token of the lease it is held under; a commit with another token changes nothing. Set by a claim.</summary>
    public Guid LeaseToken { get; init; }

    /// <summary>Its place in the queue: what is smaller goes first, an old bulk start before a new event. Set by a claim.</summary>
    public long Rank { get; init; }

    /// <summary>
    /// The case as it stood when the item was claimed, where the store brings it with the claim; null asks for a look. Nobody
    /// else runs it meanwhile; a person's change since then is told by its revision when the burst commits.
    /// </summary>
    public CaseRecord? Case { get; init; }

    /// <summary>The end of a case by a burst of its own, once whoever asks for it.</summary>
    internal static WorkItem ToCancel(Guid tenantId, Guid caseId, DateTimeOffset now) =>
        new() { Id = TimeOrderedId.At(now), TenantId = tenantId, Kind = WorkKind.Cancel, Key = $"cancel:{caseId:N}", CaseId = caseId, EnqueuedAt = now };
}

/// <summary>What a work item asks for.</summary>
public enum WorkKind
{
    /// <summary>Begin a case.</summary>
    Start,

    /// <summary>Go on at a bookmark.</summary>
    Resume,

    /// <summary>Run the failed step again.</summary>
    Retry,

    /// <summary>Go on after the failed step, by the outcome in the input.</summary>
    Skip,

    /// <summary>End the case.</summary>
    Cancel,

    /// <summary>Let a paused case go on with all that came meanwhile.</summary>
    Continue,

    /// <summary>Let the case go on with another version of its scenario, by the order in the input.</summary>
    Migrate,

    /// <summary>Queue a portion of what a stimulus sets off (<see cref="StimulusPortions"/>).</summary>
    Spread,
}

/// <summary>The lanes of the work queue, by urgency.</summary>
public enum WorkLane
{
    /// <summary>Something just happened (money arrived, a person decided).</summary>
    Event,

    /// <summary>A due time passed.</summary>
    Timer,

    /// <summary>Many at once (an import, a migration).</summary>
    Bulk,
}

/// <summary>How the lanes share the workers: one rule for every store.</summary>
public static class WorkLanes
{
    /// <summary>What a lane gives way by: an item of it that has waited this long goes before one that comes now (lease clock).</summary>
    public static TimeSpan GivesWayBy(WorkLane lane) => lane switch
    {
        WorkLane.Event => TimeSpan.Zero,
        WorkLane.Timer => TimeSpan.FromSeconds(10),
        _ => TimeSpan.FromMinutes(1),
    };
}
