namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>One run of a scenario, as it is kept: identity, progress, and what a person searches it by.</summary>
public sealed record CaseRecord
{
    /// <summary>The case's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant that owns the case; every read and write is scoped by it.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The scenario, over all its versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The published version this case runs on; it stays on it unless migrated.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>The number of that version, for people.</summary>
    public required int Version { get; init; }

    /// <summary>What started the case, once: a second start with the same key changes nothing. Unique in a tenant.</summary>
    public required string StartKey { get; init; }

    /// <summary>What follows the scenario in the start key of a case that keeps its clock.</summary>
    public const string ClockMark = ":clock:";

    /// <summary>Whether the case keeps the clock of its scenario: it waits for the next time, and starts the others.</summary>
    public bool KeepsClock => IsStartedAs(ClockMark);

    /// <summary>The business object the case is about, opaque to the engine (<c>invoice:0192…</c>).</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Running or finished.</summary>
    public CaseStatus Status { get; init; } = CaseStatus.Running;

    /// <summary>The finer state: waiting, finished, cancelled, faulted, suspended by a person.</summary>
    public CaseSubStatus SubStatus { get; init; } = CaseSubStatus.Pending;

    /// <summary>The execution state as UTF-8 JSON: variables, activity instances, tokens. Empty for a finished case.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Rises by one with each burst; a commit over another revision is refused.</summary>
    public long Revision { get; init; }

    /// <summary>What people call the object (an invoice number).</summary>
    public string? Reference { get; init; }

    /// <summary>The customer's key, opaque to the engine.</summary>
    public string? CustomerKey { get; init; }

    /// <summary>The step the case waits at, for the live map; null when nothing waits.</summary>
    public string? WaitingNodeId { get; init; }

    /// <summary>Since when it waits there (business time).</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Until when it waits at the most (business time); null for no limit.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>When the case began (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last moved (business time).</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended (business time); null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The row once the case has ended: it waits nowhere and keeps no state.</summary>
    internal CaseRecord EndedAs(CaseSubStatus how, DateTimeOffset at) => this with
    {
        Revision = Revision + 1,
        UpdatedAt = at,
        Status = CaseStatus.Finished,
        SubStatus = how,
        State = default,
        WaitingNodeId = null,
        WaitingSince = null,
        WaitingUntil = null,
        FinishedAt = at,
    };

    /// <summary>Whether a mark follows the scenario in the start key.</summary>
    internal bool IsStartedAs(string mark) => StartKey.StartsWith(DefinitionId, StringComparison.Ordinal) && StartKey.AsSpan(DefinitionId.Length).StartsWith(mark, StringComparison.Ordinal);
}

/// <summary>Whether a case still runs.</summary>
public enum CaseStatus
{
    /// <summary>It has something left to do.</summary>
    Running,

    /// <summary>It has ended, whatever the way.</summary>
    Finished,
}

/// <summary>How a case stands within its status.</summary>
public enum CaseSubStatus
{
    /// <summary>Created, not yet run.</summary>
    Pending,

    /// <summary>A burst is running it.</summary>
    Executing,

    /// <summary>It waits at one bookmark or more.</summary>
    Suspended,

    /// <summary>It ended as drawn.</summary>
    Finished,

    /// <summary>A person or a rule ended it.</summary>
    Cancelled,

    /// <summary>A person ended it from outside of its scenario, which took no part in it.</summary>
    Terminated,

    /// <summary>A step failed; an open incident says why. It stays running until the incident is decided.</summary>
    Faulted,

    /// <summary>A person paused it: nothing in it moves, and what comes is kept until it goes on.</summary>
    Paused,
}
