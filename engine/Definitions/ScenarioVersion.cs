namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>One version of a scenario as it is kept: a draft that can be edited, or a published one that cannot.</summary>
public sealed record ScenarioVersion
{
    /// <summary>The identity of this version (Elsa's <c>id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The tenant that owns it.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The identity of the scenario over all versions (Elsa's <c>definitionId</c>).</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The version's number, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in one or two sentences.</summary>
    public string? Description { get; init; }

    /// <summary>The definition as Elsa JSON, whole: what we do not understand is kept.</summary>
    public required string Json { get; init; }

    /// <summary>Whether it is the newest version.</summary>
    public required bool IsLatest { get; init; }

    /// <summary>Whether new cases run on it. At most one version of a scenario is published.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>Rises with each save of the draft; a save over another revision is refused.</summary>
    public long Revision { get; init; }

    /// <summary>Why it was published, in the publisher's words.</summary>
    public string? Note { get; init; }

    /// <summary>Who saved or published it last.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>Who published it first, by identity: what its cases do counts as theirs where two people are asked for. Null for a draft.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>When it was saved or published last (business time).</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was first published (business time); null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}
