namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Something that stopped a case and wants a decision: retry, skip or cancel.</summary>
public sealed record Incident
{
    /// <summary>The incident's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant of the case.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The case that stands still; null where no case does (an effect outside any).</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The scenario of that case; null where no case stands still.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>The step that failed; null where none did.</summary>
    public string? NodeId { get; init; }

    /// <summary>The activity instance that failed; null where none did.</summary>
    public string? ActivityInstanceId { get; init; }

    /// <summary>What kind of thing failed.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>A short stable text that equal incidents share, to group them by cause.</summary>
    public required string Cause { get; init; }

    /// <summary>What happened, in words a business person can act on.</summary>
    public required string Message { get; init; }

    /// <summary>When it happened (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was decided (business time); null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How it was decided, and by whom; null while open.</summary>
    public string? Resolution { get; init; }
}

/// <summary>What incidents share that one decision decides alike: the same thing at the same step of the same scenario.</summary>
/// <param name="Cause">The text that they share.</param>
/// <param name="Kind">Who can mend it.</param>
/// <param name="DefinitionId">The scenario; null where there is none.</param>
/// <param name="NodeId">The step; null where none failed.</param>
/// <param name="StopsCases">Whether cases stand still.</param>
public sealed record IncidentCause(string Cause, IncidentKind Kind, string? DefinitionId, string? NodeId, bool StopsCases)
{
    /// <summary>The cause of an incident.</summary>
    public static IncidentCause Of(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return new IncidentCause(incident.Cause, incident.Kind, incident.DefinitionId, incident.NodeId, incident.CaseId is not null);
    }
}

/// <summary>The kinds of incidents, by who can mend them.</summary>
public enum IncidentKind
{
    /// <summary>The scenario or the settings are wrong: its author mends it.</summary>
    Configuration,

    /// <summary>A value is missing or wrong: whoever owns the data mends it.</summary>
    Data,

    /// <summary>Someone outside refused or did not answer.</summary>
    Outside,

    /// <summary>A defect of ours.</summary>
    Bug,
}
