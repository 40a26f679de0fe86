using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What one drawing does otherwise than another.</summary>
/// <param name="Changes">What happens otherwise, in the order of the drawing.</param>
/// <param name="Moved">The steps that look otherwise: put elsewhere, with other notes of the editor, or with connections that are bent otherwise.</param>
public sealed record ScenarioChanges(IReadOnlyList<ScenarioChange> Changes, IReadOnlyList<StepDefinition> Moved)
{
    /// <summary>Whether cases go another way, or are asked or told anything else. A layout alone never does that.</summary>
    public bool ChangesWhatHappens => Changes.Count > 0;
}

/// <summary>One thing that a drawing does otherwise.</summary>
public abstract record ScenarioChange;

/// <summary>A change of one step.</summary>
/// <param name="Step">The step: as it is now, or as it was where it is gone.</param>
public abstract record StepChange(StepDefinition Step) : ScenarioChange;

/// <summary>A step is new.</summary>
/// <param name="Step">The step.</param>
/// <param name="Container">The step that holds it.</param>
public sealed record StepAdded(StepDefinition Step, StepDefinition Container) : StepChange(Step);

/// <summary>A step is gone, with all its connections.</summary>
/// <param name="Step">The step as it was.</param>
/// <param name="Container">The step that held it.</param>
public sealed record StepRemoved(StepDefinition Step, StepDefinition Container) : StepChange(Step);

/// <summary>A step stands inside another step than before.</summary>
/// <param name="Step">The step.</param>
/// <param name="Before">The step that held it.</param>
/// <param name="After">The step that holds it.</param>
public sealed record StepPutInto(StepDefinition Step, StepDefinition Before, StepDefinition After) : StepChange(Step);

/// <summary>A step has another title.</summary>
/// <param name="Step">The step.</param>
/// <param name="Before">Its title before; null where it went by its activity's name.</param>
/// <param name="After">Its title now; null where it goes by its activity's name.</param>
public sealed record StepRenamed(StepDefinition Step, string? Before, string? After) : StepChange(Step);

/// <summary>A step is of another activity, or of another version of it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Before">The step before.</param>
public sealed record StepRetyped(StepDefinition Step, StepDefinition Before) : StepChange(Step);

/// <summary>A setting of a step is filled in otherwise: an input, an output, or plain data.</summary>
/// <param name="Step">The step.</param>
/// <param name="Name">The setting, as definitions name it; settings beside the inputs as <c>customProperties.name</c>.</param>
/// <param name="Before">How it was filled in; null for not.</param>
/// <param name="After">How it is filled in; null for not.</param>
public sealed record SettingChanged(StepDefinition Step, string Name, JsonNode? Before, JsonNode? After) : StepChange(Step);

/// <summary>A connection is new.</summary>
/// <param name="Connection">The connection.</param>
public sealed record ConnectionAdded(ConnectionDefinition Connection) : ScenarioChange;

/// <summary>A connection is gone.</summary>
/// <param name="Connection">The connection.</param>
public sealed record ConnectionRemoved(ConnectionDefinition Connection) : ScenarioChange;

/// <summary>A variable is new, gone, or declared otherwise.</summary>
/// <param name="Before">As it was; null for a new one.</param>
/// <param name="After">As it is; null for one that is gone.</param>
/// <param name="Container">The step that declares it; null for the scenario.</param>
public sealed record VariableChanged(VariableDefinition? Before, VariableDefinition? After, StepDefinition? Container) : ScenarioChange;

/// <summary>The scenario itself says something else: its name, what it is for, its inputs, outputs, outcomes or options.</summary>
/// <param name="Name">What: a member's name, with the name of the item where it holds several (<c>inputs.InvoiceId</c>, <c>options.usableAsActivity</c>).</param>
/// <param name="Before">As it was; null for not there.</param>
/// <param name="After">As it is; null for not there.</param>
public sealed record ScenarioMemberChanged(string Name, JsonNode? Before, JsonNode? After) : ScenarioChange;
