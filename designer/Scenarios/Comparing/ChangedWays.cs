using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>
/// The connections that a version adds and takes away, less those that a sentence on a step has told already: a step put between
/// two others is one sentence, not four.
/// </summary>
internal sealed class ChangedWays
{
    private readonly IStringLocalizer<Phrases> say;
    private readonly DrawingWords former;
    private readonly DrawingWords present;
    private readonly List<ConnectionDefinition> added;
    private readonly List<ConnectionDefinition> removed;
    private readonly Dictionary<string, string> into = [];

    public ChangedWays(ScenarioChanges found, DrawingWords former, DrawingWords present, IStringLocalizer<Phrases> say)
    {
        (this.former, this.present, this.say) = (former, present, say);
        added = [.. found.Changes.OfType<ConnectionAdded>().Select(change => change.Connection)];
        removed = [.. found.Changes.OfType<ConnectionRemoved>().Select(change => change.Connection)];
        var gone = found.Changes.OfType<StepRemoved>().Select(change => change.Step.Id).ToHashSet();
        removed.RemoveAll(way => gone.Contains(way.Source) || gone.Contains(way.Target));
        foreach (var step in found.Changes.OfType<StepAdded>())
        {
            Take(step.Step.Id);
        }
    }

    /// <summary>What an added step follows; null where nothing leads to it.</summary>
    public string? Into(string stepId) => into.GetValueOrDefault(stepId);

    /// <summary>The rest, each way that leads elsewhere as one sentence.</summary>
    public IEnumerable<ChangeLine> Lines()
    {
        foreach (var way in removed)
        {
            if (added.Where(each => LeavesLike(each, way)).ToList() is [var instead] && removed.Count(each => LeavesLike(each, way)) == 1)
            {
                added.Remove(instead);
                yield return new ChangeLine(ChangeKind.Changed, say["change.way.instead", present.WayOf(way), present.TitleOf(instead.Target), former.TitleOf(way.Target)]);
                continue;
            }

            yield return new ChangeLine(ChangeKind.Removed, say["change.way.removed", former.WayOf(way), former.TitleOf(way.Target)]);
        }

        foreach (var way in added)
        {
            yield return new ChangeLine(ChangeKind.Added, say["change.way.added", present.WayOf(way), present.TitleOf(way.Target)]);
        }
    }

    private void Take(string stepId)
    {
        if (added.Find(way => way.Target == stepId && way.Source != stepId) is not { } first)
        {
            return;
        }

        into[stepId] = present.WayOf(first);
        added.Remove(first);
        // It stands between two steps that followed each other.
        if (removed.Find(way => LeavesLike(way, first)) is { } between && added.Find(way => way.Source == stepId && way.Target == between.Target) is { } onwards)
        {
            added.Remove(onwards);
            removed.Remove(between);
        }
    }

    private static bool LeavesLike(ConnectionDefinition one, ConnectionDefinition other) => (one.Source, one.SourcePort) == (other.Source, other.SourcePort);
}
