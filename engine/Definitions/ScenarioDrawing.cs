using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// What a drawing hand does to a scenario's flowchart: each a pure function from a definition to the next. What the
/// model does not name (metadata of other tools, custom properties) stays as it was.
/// </summary>
public static class ScenarioDrawing
{
    private const int IdSuffixLength = 5;

    // From the top of a card to the top of the next below it, as the ready-made scenarios are drawn.
    private const double RowStep = 200;

    /// <summary>A scenario with an empty flowchart.</summary>
    public static ScenarioDefinition Empty(string definitionId, string name, string? description = null) => new()
    {
        DefinitionId = definitionId,
        Name = name,
        Description = description,
        Root = new StepDefinition { Id = "flow", Type = "Elsa.Flowchart", Steps = [], Connections = [] },
    };

    /// <summary>A new step of an activity. A trigger becomes one that cases start at, as long as the scenario has none.</summary>
    /// <param name="definition">The scenario.</param>
    /// <param name="activity">What it is a step of.</param>
    /// <param name="at">Where it stands; null leaves its place to the canvas.</param>
    /// <returns>The scenario with the step, and the step's id.</returns>
    public static (ScenarioDefinition Definition, string StepId) Add(ScenarioDefinition definition, ActivityDescriptor activity, CanvasPosition? at)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(activity);
        var id = NewId(definition, activity.Name);
        var starts = activity.IsTrigger && !Steps(definition).Any(step => step.CanStartScenario);
        var step = new StepDefinition
        {
            Id = id,
            Type = activity.TypeName,
            Version = activity.Version,
            Properties = new JsonObject
            {
                ["metadata"] = new JsonObject(),
                ["customProperties"] = new JsonObject { ["canStartWorkflow"] = starts, ["runAsynchronously"] = false },
            },
        };
        return (WithSteps(definition, [.. Steps(definition), at is null ? step : Placed(step, at)]), id);
    }

    /// <summary>Steps put elsewhere; what is not named stays.</summary>
    public static ScenarioDefinition Move(ScenarioDefinition definition, IReadOnlyDictionary<string, CanvasPosition> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return WithSteps(definition, [.. Steps(definition).Select(step => places.TryGetValue(step.Id, out var place) ? Placed(step, place) : step)]);
    }

    /// <summary>
    /// Room for a step between two others: it stands at least a row below the one it follows, and what stands from the next one
    /// downwards moves down as far as it must. A connection that leads upwards moves nothing.
    /// </summary>
    public static ScenarioDefinition MakeRoom(ScenarioDefinition definition, string source, string between, string target)
    {
        var places = Steps(definition).Where(step => step.Position is not null).ToDictionary(step => step.Id, step => step.Position!);
        if (!places.TryGetValue(source, out var above) || !places.TryGetValue(target, out var below) || !places.TryGetValue(between, out var middle) || below.Y <= above.Y)
        {
            return definition;
        }

        var row = Math.Max(middle.Y, above.Y + RowStep);
        var down = Math.Max(0, row + RowStep - below.Y);
        var moved = places.Where(place => down > 0 && place.Key != between && place.Value.Y >= below.Y).ToDictionary(place => place.Key, place => place.Value with { Y = place.Value.Y + down });
        moved[between] = middle with { Y = row };
        return Move(definition, moved);
    }

    /// <summary>An outcome drawn to a step; a connection that is there already, and one to or from no step change nothing. A step may lead to itself: the validator knows which loops wait.</summary>
    public static ScenarioDefinition Connect(ScenarioDefinition definition, string source, string outcome, string target)
    {
        var known = Steps(definition).Select(step => step.Id).ToHashSet();
        var connection = new ConnectionDefinition { Source = source, SourcePort = outcome, Target = target };
        return !known.Contains(source) || !known.Contains(target) || Connections(definition).Any(each => Same(each, connection))
            ? definition
            : WithConnections(definition, [.. Connections(definition), connection]);
    }

    /// <summary>A connection taken away.</summary>
    public static ScenarioDefinition Disconnect(ScenarioDefinition definition, string source, string outcome, string target)
    {
        var gone = new ConnectionDefinition { Source = source, SourcePort = outcome, Target = target };
        return WithConnections(definition, [.. Connections(definition).Where(each => !Same(each, gone))]);
    }

    /// <summary>Steps taken away, with every connection that leaves or reaches them.</summary>
    public static ScenarioDefinition Remove(ScenarioDefinition definition, IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var left = WithSteps(definition, [.. Steps(definition).Where(step => !ids.Contains(step.Id))]);
        return WithConnections(left, [.. Connections(left).Where(each => !ids.Contains(each.Source) && !ids.Contains(each.Target))]);
    }

    /// <summary>A step under another title; an empty one gives it the activity's name again.</summary>
    public static ScenarioDefinition Rename(ScenarioDefinition definition, string id, string? title) =>
        Change(definition, id, properties =>
        {
            var metadata = properties["metadata"] as JsonObject ?? [];
            if (string.IsNullOrWhiteSpace(title))
                metadata.Remove("displayText");
            else
                metadata["displayText"] = title.Trim();
            properties["metadata"] = metadata.DeepClone();
        });

    /// <summary>A member of a step that is plain data (a switch's cases); null takes it away.</summary>
    public static ScenarioDefinition SetProperty(ScenarioDefinition definition, string id, string name, JsonNode? value) =>
        Change(definition, id, properties => properties[name] = value?.DeepClone());

    /// <summary>A step's input filled in.</summary>
    public static ScenarioDefinition SetInput(ScenarioDefinition definition, string id, InputDescriptor input, Expression expression)
    {
        ArgumentNullException.ThrowIfNull(input);
        return SetProperty(definition, id, input.Name, InputDefinition.Write(input.TypeName, expression));
    }

    /// <summary>Copies of steps and of the connections among them, under new ids, moved so that the leftmost and uppermost stand at a place.</summary>
    /// <param name="definition">The scenario.</param>
    /// <param name="steps">The steps, from wherever.</param>
    /// <param name="connections">Connections; those to a step that is not among the copies are left out.</param>
    /// <param name="at">Where the copies' upper left corner comes.</param>
    public static (ScenarioDefinition Definition, IReadOnlyList<string> StepIds) Paste(
        ScenarioDefinition definition, IReadOnlyList<StepDefinition> steps, IReadOnlyList<ConnectionDefinition> connections, CanvasPosition at)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(at);
        var left = steps.Select(step => step.Position?.X).OfType<double>().DefaultIfEmpty().Min();
        var top = steps.Select(step => step.Position?.Y).OfType<double>().DefaultIfEmpty().Min();
        var ids = new Dictionary<string, string>();
        var next = definition;
        foreach (var step in steps)
        {
            var copy = StepCopy.Of(step, each => NewId(next, each.Type[(each.Type.LastIndexOf('.') + 1)..]));
            ids[step.Id] = copy.Id;
            next = WithSteps(next, [.. Steps(next), step.Position is { } place ? Placed(copy, new CanvasPosition(at.X + place.X - left, at.Y + place.Y - top)) : copy]);
        }

        foreach (var connection in connections)
        {
            if (ids.TryGetValue(connection.Source, out var source) && ids.TryGetValue(connection.Target, out var target))
                next = Connect(next, source, connection.SourcePort, target);
        }

        return (next, [.. ids.Values]);
    }

    /// <summary>The steps of the flowchart.</summary>
    public static IReadOnlyList<StepDefinition> Steps(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Root.Steps ?? [];
    }

    /// <summary>The connections of the flowchart.</summary>
    public static IReadOnlyList<ConnectionDefinition> Connections(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Root.Connections ?? [];
    }

    private static bool Same(ConnectionDefinition one, ConnectionDefinition other) => (one.Source, one.SourcePort, one.Target) == (other.Source, other.SourcePort, other.Target);

    private static ScenarioDefinition WithSteps(ScenarioDefinition definition, IReadOnlyList<StepDefinition> steps) =>
        definition with { Root = definition.Root with { Steps = steps, Connections = definition.Root.Connections ?? [] } };

    private static ScenarioDefinition WithConnections(ScenarioDefinition definition, IReadOnlyList<ConnectionDefinition> connections) =>
        definition with { Root = definition.Root with { Connections = connections } };

    private static ScenarioDefinition Change(ScenarioDefinition definition, string id, Action<JsonObject> change) =>
        WithSteps(definition, [.. Steps(definition).Select(step => step.Id == id ? Changed(step, change) : step)]);

    private static StepDefinition Changed(StepDefinition step, Action<JsonObject> change)
    {
        var properties = (JsonObject)step.Properties.DeepClone();
        change(properties);
        return step with { Properties = properties };
    }

    private static StepDefinition Placed(StepDefinition step, CanvasPosition place) => Changed(step, properties =>
    {
        var metadata = (JsonObject)((properties["metadata"] as JsonObject)?.DeepClone() ?? new JsonObject());
        var designer = (JsonObject)((metadata["designer"] as JsonObject)?.DeepClone() ?? new JsonObject());
        designer["position"] = new JsonObject { ["x"] = place.X, ["y"] = place.Y };
        metadata["designer"] = designer;
        properties["metadata"] = metadata;
    });

    // Never one that a step had before: a case that waits at a step of an older version is found by its id.
    private static string NewId(ScenarioDefinition definition, string activityName)
    {
        var name = string.Concat(activityName.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
        string id;
        do
        {
            id = $"{name}-{Guid.NewGuid().ToString("N")[..IdSuffixLength]}";
        }
        while (definition.AllSteps().Any(step => step.Id == id));
        return id;
    }
}
