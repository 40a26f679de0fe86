using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Plugins;

/// <summary>Finds where cases wait at activities that have changed under them. Scoped to a tenant.</summary>
public sealed class StrandedWaits(ICaseStore cases, IScenarioStore scenarios, ActivityRegistry activities)
{
    // A definition that came from Elsa may fill in inputs of these that we never had.
    private const string EnginesOwn = "Elsa.";

    /// <summary>All such steps, those with most cases first. Costs two counts over the waits, and one read for each scenario version that has any.</summary>
    public async Task<IReadOnlyList<StrandedWait>> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<StrandedWait>();
        foreach (var places in (await cases.WaitingPlacesAsync(cancellationToken)).GroupBy(place => place.DefinitionVersionId))
        {
            if (await scenarios.FindVersionAsync(places.Key, cancellationToken) is { } version)
                found.AddRange(In(version, places));
        }

        return [.. found.OrderByDescending(wait => wait.Cases).ThenBy(wait => wait.ActivityType, StringComparer.Ordinal).ThenBy(wait => wait.Member, StringComparer.Ordinal)];
    }

    private IEnumerable<StrandedWait> In(ScenarioVersion version, IEnumerable<WaitingPlace> places)
    {
        var steps = StepsOf(version);
        var drawn = steps.Values.SelectMany(step => step.Connections ?? []).ToLookup(connection => connection.Source, connection => connection.SourcePort);
        return places.SelectMany(place => steps.TryGetValue(place.NodeId, out var step)
            ? At(step, drawn[step.Id], place).Select(change => new StrandedWait(version.DefinitionId, version.Name, version.Version, step.Id, step.Title ?? activities.Find(step.Type)?.DisplayName ?? step.Id, step.Type, change.Kind, change.Member, change.Cases))
            : []);
    }

    private IEnumerable<(StrandedKind Kind, string Member, int Cases)> At(StepDefinition step, IEnumerable<string> drawn, WaitingPlace place)
    {
        if (activities.Blueprint(step.Type) is not { } activity)
            return [(StrandedKind.ActivityIsGone, step.Type, place.Cases)];
        var methods = place.Callbacks.Where(callback => !activity.Callbacks.ContainsKey(callback.Name)).Select(callback => (StrandedKind.MethodIsGone, callback.Name, callback.Cases));
        return step.Type.StartsWith(EnginesOwn, StringComparison.Ordinal)
            ? methods
            : [.. methods, .. Inputs(step, activity.Descriptor).Select(input => (input.Kind, input.Name, place.Cases)), .. drawn.Except(activity.Descriptor.Outcomes).Select(outcome => (StrandedKind.OutcomeIsGone, outcome, place.Cases))];
    }

    private static IEnumerable<(StrandedKind Kind, string Name)> Inputs(StepDefinition step, ActivityDescriptor activity)
    {
        var gone = step.Properties.Where(property => property.Value is JsonObject value && value.ContainsKey("expression"))
            .Select(property => property.Key).Except(activity.Inputs.Select(input => input.Name)).Select(name => (StrandedKind.InputIsGone, name));
        var missing = activity.Inputs.Where(input => input.Required && input.DefaultValue is null && step.Properties[input.Name] is null)
            .Select(input => (StrandedKind.InputIsMissing, input.Name));
        return gone.Concat(missing);
    }

    // One that cannot be read was published elsewhere as it is; the case that runs on it tells so itself.
    private static Dictionary<string, StepDefinition> StepsOf(ScenarioVersion version) =>
        (ScenarioReader.ReadOrNull(version.Json)?.AllSteps() ?? []).DistinctBy(step => step.Id).ToDictionary(step => step.Id);
}
