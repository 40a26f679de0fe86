using System.Text.Json.Nodes;
using CentralPay.Workflows.Designer.Scenarios.Comparing;
using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What one version of a scenario does otherwise than another: in sentences for people, and item by item for programs.</summary>
internal sealed record ScenarioDiffShown(string Id, int From, int To, bool ChangesWhatHappens, IReadOnlyList<string> Sentences, IReadOnlyList<ScenarioChangeShown> Changes, IReadOnlyList<string> MovedSteps)
{
    public static ScenarioDiffShown Of(ScenarioVersionsCompared compared) => new(
        compared.To.DefinitionId,
        compared.From.Version,
        compared.To.Version,
        compared.Changes.ChangesWhatHappens,
        [.. compared.Told.Lines.Select(line => line.Text), .. compared.Told.Layout is { } layout ? [layout] : Array.Empty<string>()],
        [.. compared.Changes.Changes.Select(ScenarioChangeShown.Of)],
        [.. compared.Changes.Moved.Select(step => step.Id)]);
}

/// <summary>One thing that a version does otherwise.</summary>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="StepId">The step it is about; of a connection, none.</param>
/// <param name="StepType">The step's activity.</param>
/// <param name="Name">The setting, variable or member of the scenario; of a step put elsewhere, none.</param>
/// <param name="Before">As it was: a value as the definition holds it, a title, a type, or the id of the step that held it.</param>
/// <param name="After">As it is.</param>
/// <param name="Connection">The connection it is about.</param>
internal sealed record ScenarioChangeShown(ScenarioChangeKind Kind, string? StepId, string? StepType, string? Name, JsonNode? Before, JsonNode? After, ConnectionShown? Connection)
{
    public static ScenarioChangeShown Of(ScenarioChange change) => change switch
    {
        StepAdded added => OfStep(ScenarioChangeKind.StepAdded, added.Step, null, null, added.Container.Id),
        StepRemoved removed => OfStep(ScenarioChangeKind.StepRemoved, removed.Step, null, removed.Container.Id, null),
        StepPutInto put => OfStep(ScenarioChangeKind.StepPutInto, put.Step, null, put.Before.Id, put.After.Id),
        StepRenamed renamed => OfStep(ScenarioChangeKind.StepRenamed, renamed.Step, null, renamed.Before, renamed.After),
        StepRetyped retyped => OfStep(ScenarioChangeKind.StepRetyped, retyped.Step, null, TypeOf(retyped.Before), TypeOf(retyped.Step)),
        SettingChanged setting => OfStep(ScenarioChangeKind.SettingChanged, setting.Step, setting.Name, setting.Before, setting.After),
        ConnectionAdded added => new ScenarioChangeShown(ScenarioChangeKind.ConnectionAdded, null, null, null, null, null, ConnectionShown.Of(added.Connection)),
        ConnectionRemoved removed => new ScenarioChangeShown(ScenarioChangeKind.ConnectionRemoved, null, null, null, null, null, ConnectionShown.Of(removed.Connection)),
        VariableChanged variable => new ScenarioChangeShown(
            ScenarioChangeKind.VariableChanged, variable.Container?.Id, variable.Container?.Type, (variable.After ?? variable.Before)?.Name, Declared(variable.Before), Declared(variable.After), null),
        ScenarioMemberChanged member => new ScenarioChangeShown(ScenarioChangeKind.ScenarioChanged, null, null, member.Name, member.Before, member.After, null),
        _ => throw new InvalidOperationException($"{change.GetType().Name} has no shape in the API."),
    };

    private static ScenarioChangeShown OfStep(ScenarioChangeKind kind, StepDefinition step, string? name, JsonNode? before, JsonNode? after) => new(kind, step.Id, step.Type, name, before, after, null);

    private static string TypeOf(StepDefinition step) => $"{step.Type} {step.Version}";

    private static JsonObject? Declared(VariableDefinition? variable) => variable is null
        ? null
        : new JsonObject { ["name"] = variable.Name, ["typeName"] = variable.TypeName, ["isArray"] = variable.IsArray, ["value"] = variable.Value?.DeepClone() };
}

/// <summary>The kinds of changes.</summary>
internal enum ScenarioChangeKind
{
    StepAdded,
    StepRemoved,
    StepPutInto,
    StepRenamed,
    StepRetyped,
    SettingChanged,
    ConnectionAdded,
    ConnectionRemoved,
    VariableChanged,
    ScenarioChanged,
}

/// <summary>A way from an outcome of one step to another step.</summary>
internal sealed record ConnectionShown(string Source, string Outcome, string Target)
{
    public static ConnectionShown Of(ConnectionDefinition connection) => new(connection.Source, connection.SourcePort, connection.Target);
}
