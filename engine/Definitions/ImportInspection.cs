using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Looks through a definition from elsewhere for what whoever imports it should know. It changes nothing.</summary>
public sealed class ImportInspection(ActivityRegistry activities)
{
    // What Elsa 3.7 does not evaluate.
    private static readonly string[] OursAlone = ["CEL", "Handlebars"];

    // What Elsa writes into every step, now or once, beside the settings of its activity.
    private static readonly HashSet<string> OfEveryStep = ["nodeId", "metadata", "customProperties", "canStartWorkflow", "runAsynchronously", "commitStrategy", "source", "applicationProperties"];

    /// <summary>The report on a definition.</summary>
    public ImportReport Of(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var steps = definition.AllSteps().ToList();
        var inside = definition.Root.Steps is null ? steps.Count : steps.Count - 1;
        return new ImportReport(
            inside,
            steps.Sum(step => step.Connections?.Count ?? 0),
            definition.Variables.Count + steps.Sum(step => step.Variables.Count),
            [.. steps.SelectMany(step => OfStep(step).Concat(OfConnections(step)))]);
    }

    private IEnumerable<ImportFinding> OfStep(StepDefinition step)
    {
        var activity = activities.Find(step.Type);
        if (step.Wrapper is not null)
            yield return new ImportFinding(ImportFindingKind.ElsasPlaceholder, step, null, step.Type);
        if (activity is null)
            yield return new ImportFinding(ImportFindingKind.UnknownActivity, step, null, step.ActivityType);
        foreach (var (name, value) in step.Properties)
        {
            if (OfEveryStep.Contains(name) || (value is JsonObject child && ScenarioReader.LooksLikeStep(child)))
                continue;
            if (activity is not null && !IsEmpty(value) && !Has(activity, name))
                yield return new ImportFinding(ImportFindingKind.UnknownSetting, step, name, step.Type) { Suggestion = NearName.Of(name, NamesOf(activity).Where(known => step.Properties[known] is null)) };
            if (value is JsonValue && activity?.Inputs.Any(input => input.Name == name && input.IsWrapped) == true)
                yield return new ImportFinding(ImportFindingKind.BareValue, step, name, step.Type);
            foreach (var finding in OfValue(step, name, value))
                yield return finding;
        }
    }

    private static bool Has(ActivityDescriptor activity, string name) => NamesOf(activity).Contains(name);

    private static IEnumerable<string> NamesOf(ActivityDescriptor activity) =>
        [.. activity.Inputs.Select(input => input.Name), .. activity.Outputs.Select(output => output.Name), .. activity.Ports.Where(port => port.Type == PortType.Embedded).Select(port => port.Name)];

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 };

    /// <summary>Expressions stand in inputs, and in what activities of their own keep lists of (a switch's cases).</summary>
    private static IEnumerable<ImportFinding> OfValue(StepDefinition step, string setting, JsonNode? value)
    {
        switch (value)
        {
            case JsonArray items:
                return items.SelectMany(item => OfValue(step, setting, item));
            case JsonObject input when input["expression"] is JsonObject expression:
                var reference = input.ContainsKey("memoryReference") ? [new ImportFinding(ImportFindingKind.MemoryReference, step, setting, step.Type)] : Array.Empty<ImportFinding>();
                return OfExpression(step, setting, expression).Concat(reference);
            case JsonObject expression when expression["type"] is JsonValue && expression.ContainsKey("value") && expression.Count == 2:
                return OfExpression(step, setting, expression);
            case JsonObject members:
                return members.SelectMany(member => OfValue(step, setting, member.Value));
            default:
                return [];
        }
    }

    private static IEnumerable<ImportFinding> OfExpression(StepDefinition step, string setting, JsonObject expression)
    {
        var syntax = expression["type"] is JsonValue type && type.TryGetValue<string>(out var written) ? written : "Literal";
        if (syntax.Equals("Json", StringComparison.OrdinalIgnoreCase))
            yield return new ImportFinding(ImportFindingKind.JsonSyntax, step, setting, syntax);
        else if (!ExpressionCompiler.Kinds.Contains(syntax, StringComparer.OrdinalIgnoreCase))
            yield return new ImportFinding(ImportFindingKind.UnsupportedSyntax, step, setting, syntax);
        else if (OursAlone.Contains(syntax, StringComparer.OrdinalIgnoreCase))
            yield return new ImportFinding(ImportFindingKind.OnlyHere, step, setting, syntax);
    }

    private static IEnumerable<ImportFinding> OfConnections(StepDefinition flow)
    {
        var steps = (flow.Steps ?? []).DistinctBy(step => step.Id).ToDictionary(step => step.Id);
        foreach (var connection in flow.Connections ?? [])
        {
            var isFlat = connection.AsRead?["source"] is JsonValue;
            var saysPorts = connection.AsRead is not { } ends || (isFlat
                ? ends["sourcePort"] is not null && ends["targetPort"] is not null
                : ends["source"]?["port"] is not null && ends["target"]?["port"] is not null);
            var source = steps.GetValueOrDefault(connection.Source);
            if (isFlat)
                yield return new ImportFinding(ImportFindingKind.FlatConnection, source, null, connection.SourcePort);
            if (!saysPorts)
                yield return new ImportFinding(ImportFindingKind.MissingPort, source, null, connection.SourcePort);
        }
    }
}
