using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>A scenario as it is drawn, in Elsa's shape. What this model does not name is kept in <see cref="Rest"/> and written back.</summary>
public sealed record ScenarioDefinition
{
    /// <summary>The identity of the version.</summary>
    public string Id { get; init; } = "";

    /// <summary>The identity of the scenario over all its versions.</summary>
    public string DefinitionId { get; init; } = "";

    /// <summary>The scenario's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The number of the version, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether it is the newest version.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Whether new cases run on it.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The values a case remembers.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    /// <summary>The step that holds all others, usually a flowchart.</summary>
    public required StepDefinition Root { get; init; }

    /// <summary>Members this model does not name, as they were read.</summary>
    public JsonObject Rest { get; init; } = [];

    /// <summary>The members named above as they were read; null for a scenario that was drawn here.</summary>
    internal JsonObject? AsRead { get; init; }

    /// <summary>Every step: the root, and all within it.</summary>
    public IEnumerable<StepDefinition> AllSteps() => Root.WithAllInside();
}

/// <summary>A value that the cases of a scenario remember.</summary>
public sealed record VariableDefinition
{
    /// <summary>Its identity in the scenario.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The alias of its type.</summary>
    public string TypeName { get; init; } = "Object";

    /// <summary>Whether it holds a list of that type.</summary>
    public bool IsArray { get; init; }

    /// <summary>Its first value; null for none.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>Members this model does not name.</summary>
    public JsonObject Rest { get; init; } = [];

    /// <summary>The members named above as they were read; null for a variable that was made here.</summary>
    internal JsonObject? AsRead { get; init; }
}
