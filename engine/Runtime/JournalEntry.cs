namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>What one burst did: one row, with a record for each step it ran.</summary>
public sealed record JournalEntry
{
    /// <summary>The row's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant of the case.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The case that moved.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The case's revision after the burst: the order of the rows.</summary>
    public required long Revision { get; init; }

    /// <summary>When the burst ran (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What set it off (<c>Start</c>, a stimulus' name, <c>Timer</c>, <c>Retry</c>).</summary>
    public required string Cause { get; init; }

    /// <summary>The steps in the order they ran.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>The row of what happened to a case beside its steps, by a person as a rule; it stands at the case's next revision.</summary>
    internal static JournalEntry Beside(CaseRecord before, DateTimeOffset at, string what, string message, IReadOnlyDictionary<string, string?>? values = null) => new()
    {
        Id = TimeOrderedId.At(at),
        TenantId = before.TenantId,
        CaseId = before.Id,
        Revision = before.Revision + 1,
        At = at,
        Cause = what,
        Steps = [new StepRecord { NodeId = "", ActivityType = "", ActivityInstanceId = "", What = what, Message = message, Values = values ?? new Dictionary<string, string?>() }],
    };
}

/// <summary>What one step did in a burst.</summary>
public sealed record StepRecord
{
    /// <summary>The step.</summary>
    public required string NodeId { get; init; }

    /// <summary>Its activity type.</summary>
    public required string ActivityType { get; init; }

    /// <summary>The activity instance within the case.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>What happened to it: <c>Executed</c>, <c>Resumed</c>, <c>Completed</c>, <c>Waiting</c>, <c>Cancelled</c>, <c>Faulted</c>.</summary>
    public required string What { get; init; }

    /// <summary>The outcomes it left by.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Inputs, outputs and values its conditions saw, as JSON text by name; secrets masked.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>A sentence for people, where the activity gave one.</summary>
    public string? Message { get; init; }

    /// <summary>How long the step ran, in microseconds of real time.</summary>
    public long DurationMicroseconds { get; init; }
}
