namespace CentralPay.Workflows.Storage.Schema;

/// <summary>A trigger of a published scenario, found by the hash of the stimulus that starts it.</summary>
public sealed record TriggerRow
{
    /// <summary>The merchant whose scenario it starts.</summary>
    public required Guid MerchantId { get; init; }

    /// <summary>The scenario.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The published version it starts.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>The step it starts at.</summary>
    public required string NodeId { get; init; }

    /// <summary>The stimulus' name.</summary>
    public required string Name { get; init; }

    /// <summary>The stimulus' hash.</summary>
    public required string Hash { get; init; }
}

/// <summary>A stimulus that nothing waited for yet, kept for the wait to come.</summary>
public sealed record EarlyStimulus
{
    /// <summary>Its identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The merchant it was raised for.</summary>
    public required Guid MerchantId { get; init; }

    /// <summary>The stimulus' name.</summary>
    public required string Name { get; init; }

    /// <summary>The stimulus' hash.</summary>
    public required string Hash { get; init; }

    /// <summary>What the resumed case receives; null for nothing.</summary>
    public string? InputJson { get; init; }

    /// <summary>When it was raised (business time).</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>From then on nobody takes it any more (business time).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
