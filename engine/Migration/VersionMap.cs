using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>Which step and variable of one version takes the place of which of another. Pure.</summary>
internal sealed class VersionMap(CompiledScenario from, CompiledScenario to, IReadOnlyDictionary<string, string?> steps)
{
    private readonly ConcurrentDictionary<CompiledNode, IReadOnlyList<CompiledNode>> _newlyReached = new();

    public CompiledScenario From { get; } = from;

    public CompiledScenario To { get; } = to;

    /// <summary>Steps whose results only the new version reads; a case that ran them has nothing to show for it.</summary>
    public IReadOnlyList<CompiledNode> NewlyRead { get; } =
        [.. from.Nodes.Where(node => !node.KeepsOutputs && TargetIn(to, steps, from, node) is { KeepsOutputs: true })];

    /// <summary>What the new version leads to after a step, which does something beyond its case, and the old one did not lead to.</summary>
    public IReadOnlyList<CompiledNode> NewlyReached(CompiledNode node) => _newlyReached.GetOrAdd(node, FindNewlyReached);

    /// <summary>The step in the place of another; null where there is none.</summary>
    public CompiledNode? TargetOf(CompiledNode node) => TargetIn(To, steps, From, node);

    /// <summary>The identity of the step in the place of another; null where there is none.</summary>
    public string? TargetOf(string nodeId) => From.Find(nodeId) is { } node ? TargetOf(node)?.Id : null;

    /// <summary>The steps of the new version that can take the place of one of the old: those of its kind, and any for a wait for time alone.</summary>
    public IReadOnlyList<string> CandidatesFor(string nodeId) => From.Find(nodeId) is not { } node ? [] :
    [
        .. To.Nodes.Where(target => GoesOnAs(node, target) || (WaitsForTimeAlone(node) && CanBegin(target))).Select(target => target.Id),
    ];

    /// <summary>Whether the order lets cases at the step stay.</summary>
    public bool IsLeft(CompiledNode node) => steps.TryGetValue(node.Id, out var target) && target is null;

    /// <summary>Whether a run of one step can go on as a run of the other, with all it remembers.</summary>
    public static bool GoesOnAs(CompiledNode node, CompiledNode target) =>
        node.Activity.Type == target.Activity.Type && node.Activity.GetType() == target.Activity.GetType() && node.Activity is not Placeholder;

    /// <summary>Whether a step waits for time alone: it has asked nobody for anything, so that another can begin in its place.</summary>
    public static bool WaitsForTimeAlone(CompiledNode node) => node.Activity is Delay or TimeTrigger;

    /// <summary>Whether a step can begin where nothing came before it: a join cannot, nor what is not installed.</summary>
    public static bool CanBegin(CompiledNode target) => target is { Parent: not null, Activity: not (FlowJoin or Placeholder) };

    // The step itself is under way: that it may be tried again afterwards is what is drawn.
    private IReadOnlyList<CompiledNode> FindNewlyReached(CompiledNode node)
    {
        if (TargetOf(node) is not { } target)
            return [];
        return [.. NewlyReached(node, target, inItsRound: false).Union(NewlyReached(node, target, inItsRound: true))];
    }

    // What came in a later round of a loop alone, and comes in this one now, is newly reached too.
    private IEnumerable<CompiledNode> NewlyReached(CompiledNode node, CompiledNode target, bool inItsRound)
    {
        var before = Reach.After(From, node, inItsRound).Select(TargetOf).ToHashSet();
        return Reach.After(To, target, inItsRound).Where(reached => ActsBeyondItsCase(reached) && !ReferenceEquals(reached, target) && !before.Contains(reached));
    }

    /// <summary>Whether a step does something beyond its case, which must not happen twice.</summary>
    public static bool ActsBeyondItsCase(CompiledNode node) =>
        node.Activity is ExecuteWorkflow or RunTask or PublishEvent || node.Activity.GetType().Assembly != typeof(VersionMap).Assembly;

    private static CompiledNode? TargetIn(CompiledScenario to, IReadOnlyDictionary<string, string?> steps, CompiledScenario from, CompiledNode node)
    {
        if (steps.TryGetValue(node.Id, out var named))
            return named is null ? null : to.Find(named);
        return ReferenceEquals(node, from.Root) ? to.Root : to.Find(node.Id);
    }
}
