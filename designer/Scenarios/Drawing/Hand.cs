using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Drawing;

/// <summary>What a gesture made of a scenario.</summary>
/// <param name="Definition">The scenario after it.</param>
/// <param name="Name">What was done, for undo: "Add Send reminder".</param>
/// <param name="Selected">The step to select; null leaves the selection.</param>
public sealed record Drawn(ScenarioDefinition Definition, string Name, string? Selected = null);

/// <summary>Carries out on a definition what the canvas, the palette or the keyboard asked for. Pure but for the ids of new steps.</summary>
public sealed class Hand(ActivityRegistry activities, StepOutcomes outcomes, ScenarioCanvasModel model, IStringLocalizer<Phrases> say)
{
    /// <summary>All commands of one gesture; null where they change nothing.</summary>
    /// <exception cref="UnreadableStepsException">What was pasted holds no steps.</exception>
    public Drawn? Do(ScenarioDefinition definition, IReadOnlyList<CanvasCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(commands);
        var drawn = new Drawn(definition, "");
        foreach (var command in commands)
        {
            var next = Do(drawn.Definition, command);
            drawn = next with { Name = drawn.Name.Length > 0 ? drawn.Name : next.Name, Selected = next.Selected ?? drawn.Selected };
        }

        return ReferenceEquals(drawn.Definition, definition) ? null : drawn;
    }

    /// <summary>A step after another, as the keyboard adds it: by the first outcome of that one that leads nowhere yet. With no step before, it stands alone.</summary>
    public Drawn AddAfter(ScenarioDefinition definition, string activityType, string? after)
    {
        var activity = Known(activityType);
        var (next, id) = ScenarioDrawing.Add(definition, activity, at: null);
        if (after is not null && !activity.IsTrigger && FreeOutcome(definition, after) is { } outcome)
        {
            next = ScenarioDrawing.Connect(next, after, outcome, id);
        }

        return new Drawn(next, say["draw.add", NameOf(activityType)], id);
    }

    private Drawn Do(ScenarioDefinition definition, CanvasCommand command)
    {
        switch (command)
        {
            case AddStep add:
                return Add(definition, add);
            case MoveSteps move:
                return new Drawn(
                    ScenarioDrawing.Move(definition, move.Placements.ToDictionary(place => place.Id, place => new CanvasPosition(place.X, place.Y))),
                    say["draw.move", Titles(definition, [.. move.Placements.Select(place => place.Id)])]);
            case ConnectSteps connect:
                return new Drawn(ScenarioDrawing.Connect(definition, connect.Source, connect.SourcePort, connect.Target), say["draw.connect", TitleOf(definition, connect.Source), TitleOf(definition, connect.Target)]);
            case DisconnectSteps disconnect when CanvasEdge.Parts(disconnect.EdgeId) is var (source, outcome, target):
                return new Drawn(ScenarioDrawing.Disconnect(definition, source, outcome, target), say["draw.disconnect", TitleOf(definition, source), TitleOf(definition, target)]);
            case DeleteSteps delete:
                return Delete(definition, delete);
            case PasteSteps paste:
                var clip = ClippedSteps.Read(paste.Text);
                var (pasted, ids) = ScenarioDrawing.Paste(definition, clip.Steps, clip.Connections, new CanvasPosition(paste.X, paste.Y));
                return new Drawn(pasted, say.Count("draw.paste", ids.Count), ids.Count == 1 ? ids[0] : null);
            default:
                return new Drawn(definition, "");
        }
    }

    private Drawn Add(ScenarioDefinition definition, AddStep add)
    {
        var activity = Known(add.ActivityType);
        var (next, id) = ScenarioDrawing.Add(definition, activity, new CanvasPosition(add.X, add.Y));

        // Dropped on a way it stands between the two ends; its first outcome is the way things go when all is well.
        if (add.OnEdge is { } edge && CanvasEdge.Parts(edge) is var (source, outcome, target) && !activity.IsTrigger)
        {
            next = ScenarioDrawing.Connect(ScenarioDrawing.Disconnect(next, source, outcome, target), source, outcome, id);
            next = FreeOutcome(next, id) is { } first ? ScenarioDrawing.Connect(next, id, first, target) : next;
            next = ScenarioDrawing.MakeRoom(next, source, id, target);
        }

        return new Drawn(next, say["draw.add", NameOf(add.ActivityType)], id);
    }

    private Drawn Delete(ScenarioDefinition definition, DeleteSteps delete)
    {
        var next = ScenarioDrawing.Remove(definition, [.. delete.NodeIds]);
        foreach (var edge in delete.EdgeIds)
        {
            var (source, outcome, target) = CanvasEdge.Parts(edge);
            next = ScenarioDrawing.Disconnect(next, source, outcome, target);
        }

        return new Drawn(next, delete.NodeIds.Count > 0 ? say["draw.delete", Titles(definition, delete.NodeIds)] : say.Count("draw.deleteWays", delete.EdgeIds.Count));
    }

    private string? FreeOutcome(ScenarioDefinition definition, string id)
    {
        var used = ScenarioDrawing.Connections(definition).Where(connection => connection.Source == id).Select(connection => connection.SourcePort).ToHashSet();
        return outcomes.Of(definition).GetValueOrDefault(id)?.FirstOrDefault(outcome => !used.Contains(outcome));
    }

    private ActivityDescriptor Known(string activityType) =>
        activities.Find(activityType) ?? throw new UnreadableStepsException($"There is no activity {activityType}.");

    private string NameOf(string activityType) => activities.Describe(activityType, CultureInfo.CurrentUICulture)!.DisplayName;

    private string Titles(ScenarioDefinition definition, IReadOnlyList<string> ids) =>
        ids.Count == 1 ? TitleOf(definition, ids[0]) : say.Count("draw.steps", ids.Count);

    private string TitleOf(ScenarioDefinition definition, string id) =>
        ScenarioDrawing.Steps(definition).FirstOrDefault(step => step.Id == id) is { } step ? model.TitleOf(step) : id;
}
