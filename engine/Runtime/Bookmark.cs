namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>A place where a case waits: for a stimulus with the same hash, for an instant, or for both (whichever comes first burns it).</summary>
public sealed record Bookmark
{
    /// <summary>The bookmark's identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant of the case.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The waiting case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The name it waits under: by default the activity's type.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of name and stimulus (<see cref="StimulusHash"/>); null for a pure timer.</summary>
    public string? Hash { get; init; }

    /// <summary>The activity instance that waits, within the case.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>The step that waits.</summary>
    public required string NodeId { get; init; }

    /// <summary>The activity's method to call at resume; null completes the activity.</summary>
    public string? Callback { get; init; }

    /// <summary>Business instant at which it fires by itself; null waits for the stimulus alone.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether a resume removes it.</summary>
    public bool AutoBurn { get; init; } = true;

    /// <summary>When it was made (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
