using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>A step as it is drawn: its activity type, its inputs, and the steps and connections inside it.</summary>
public sealed record StepDefinition
{
    /// <summary>Its identity in the scenario.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its activity type.</summary>
    public required string Type { get; init; }

    /// <summary>The version of the activity's contract.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What its author calls it.</summary>
    public string? Name { get; init; }

    /// <summary>The step the flowchart begins with, where this is a flowchart that says so.</summary>
    public string? Start { get; init; }

    /// <summary>The steps inside it; null where it is no container.</summary>
    public IReadOnlyList<StepDefinition>? Steps { get; init; }

    /// <summary>The connections between the steps inside it; null where it is no flowchart.</summary>
    public IReadOnlyList<ConnectionDefinition>? Connections { get; init; }

    /// <summary>The variables it declares.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    /// <summary>Everything else as it was read: inputs, outputs, embedded steps, custom properties, metadata.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>The members named above as they were read; null for a step that was drawn here.</summary>
    internal JsonObject? AsRead { get; init; }

    /// <summary>The placeholder that Elsa wrote for it because it did not know its activity; null where it came by itself.</summary>
    internal JsonObject? Wrapper { get; init; }

    /// <summary>The activity that it is a step of: its type, but of a placeholder of Elsa's that lost the step what it says was missing.</summary>
    public string ActivityType => Type == ScenarioReader.ElsasPlaceholder && ScenarioReader.Text(Properties["missingTypeName"]) is { Length: > 0 } missing ? missing : Type;

    /// <summary>The title on the canvas: the display text, or the name.</summary>
    public string? Title => Metadata?["displayText"] is JsonValue text && text.TryGetValue<string>(out var title) ? title : Name;

    /// <summary>Notes of the editor.</summary>
    public JsonObject? Metadata => Properties["metadata"] as JsonObject;

    /// <summary>Settings beside the inputs.</summary>
    public JsonObject? CustomProperties => Properties["customProperties"] as JsonObject;

    /// <summary>Where it stands on the canvas, in pixels; null where it was never placed.</summary>
    public CanvasPosition? Position =>
        Metadata?["designer"] is JsonObject designer && designer["position"] is JsonObject at && at["x"] is JsonValue x && at["y"] is JsonValue y
        && x.TryGetValue<double>(out var left) && y.TryGetValue<double>(out var top)
            ? new CanvasPosition(left, top)
            : null;

    /// <summary>Whether its author said that cases can start at it. Elsa's first files say so beside the settings, and Elsa still reads it there.</summary>
    public bool CanStartScenario => (CustomProperties?["canStartWorkflow"] ?? Properties["canStartWorkflow"]) is JsonValue value && value.TryGetValue<bool>(out var can) && can;

    /// <summary>An input as it is filled in; null where it is not.</summary>
    public InputDefinition? Input(string name) => InputDefinition.Read(Properties[name]);

    /// <summary>The variable an output is written to; null for none.</summary>
    public string? OutputVariable(string name) =>
        Properties[name] is JsonObject output && output["memoryReference"] is JsonObject memory && memory["id"] is JsonValue id && id.TryGetValue<string>(out var variable) ? variable : null;

    /// <summary>The step embedded under a port; null for none.</summary>
    public StepDefinition? Embedded(string port) =>
        Properties[port] is JsonObject child && ScenarioReader.LooksLikeStep(child) ? ScenarioReader.ReadStep(child) : null;

    /// <summary>This step, and all inside it.</summary>
    public IEnumerable<StepDefinition> WithAllInside()
    {
        yield return this;
        foreach (var step in (Steps ?? []).Concat(EmbeddedSteps().Select(embedded => embedded.Step)).SelectMany(step => step.WithAllInside()))
            yield return step;
    }

    /// <summary>The steps embedded under ports. Notes and settings of the editor are never steps, whatever they look like.</summary>
    internal IEnumerable<(string Port, StepDefinition Step)> EmbeddedSteps() => Properties
        .Where(property => property.Key is not ("metadata" or "customProperties") && property.Value is JsonObject child && ScenarioReader.LooksLikeStep(child))
        .Select(property => (property.Key, ScenarioReader.ReadStep((JsonObject)property.Value!)));
}

/// <summary>A place on the canvas, in pixels.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public sealed record CanvasPosition(double X, double Y);

/// <summary>An arrow: the step and outcome it leaves, the step it reaches.</summary>
public sealed record ConnectionDefinition
{
    /// <summary>The step it leaves.</summary>
    public required string Source { get; init; }

    /// <summary>The outcome it leaves by.</summary>
    public string SourcePort { get; init; } = "Done";

    /// <summary>The step it reaches.</summary>
    public required string Target { get; init; }

    /// <summary>The side it reaches it at.</summary>
    public string TargetPort { get; init; } = "In";

    /// <summary>Members this model does not name (bends of the line).</summary>
    public JsonObject Rest { get; init; } = [];

    /// <summary>Its two ends as they were read, in today's shape or the flat one of older files; null where it was drawn here.</summary>
    internal JsonObject? AsRead { get; init; }

    /// <summary>Whether it leads the same way as another: from the same outcome to the same step.</summary>
    public bool LeadsLike(ConnectionDefinition other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Source, SourcePort, Target, TargetPort) == (other.Source, other.SourcePort, other.Target, other.TargetPort);
    }
}
