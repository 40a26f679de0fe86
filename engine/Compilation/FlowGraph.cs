using System.Collections.Concurrent;
using System.Collections.Frozen;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>The connections of a flowchart, ready to be followed.</summary>
internal sealed class FlowGraph
{
    private static readonly FlowConnection[] None = [];
    private readonly FrozenDictionary<CompiledNode, FlowConnection[]> _outbound;
    private readonly FrozenDictionary<CompiledNode, FlowConnection[]> _inbound;
    private readonly ConcurrentDictionary<CompiledNode, HashSet<CompiledNode>> _upstream = new();
    private readonly FrozenSet<CompiledNode> _nodes;

    private FlowGraph(IReadOnlyList<CompiledNode> nodes, IReadOnlyList<FlowConnection> connections, CompiledNode? start)
    {
        _nodes = nodes.ToFrozenSet();
        _outbound = connections.GroupBy(connection => connection.Source).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _inbound = connections.GroupBy(connection => connection.Target).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        Start = start;
        Entries = [.. nodes.Where(node => node == start || (node.CanStart && node.Activity is ITrigger) || !_inbound.ContainsKey(node))];
    }

    public static FlowGraph Empty { get; } = new([], [], null);

    /// <summary>The step it begins with; null where it has none.</summary>
    public CompiledNode? Start { get; }

    /// <summary>The steps at which a token can come in from nowhere: the start, the triggers, and those that nothing leads to.</summary>
    public IReadOnlyList<CompiledNode> Entries { get; }

    public static FlowGraph Of(StepDefinition step, IReadOnlyList<CompiledNode> children)
    {
        var byId = children.DistinctBy(child => child.Id).ToDictionary(child => child.Id);
        var connections = (step.Connections ?? [])
            .Where(connection => byId.ContainsKey(connection.Source) && byId.ContainsKey(connection.Target))
            .DistinctBy(connection => (connection.Source, connection.SourcePort, connection.Target))
            .Select(connection => new FlowConnection(byId[connection.Source], connection.SourcePort, byId[connection.Target]))
            .ToArray();
        return new FlowGraph(children, connections, StartOf(step, children, connections));
    }

    public bool Holds(CompiledNode node) => _nodes.Contains(node);

    public FlowConnection[] From(CompiledNode node) => _outbound.GetValueOrDefault(node, None);

    public FlowConnection[] To(CompiledNode node) => _inbound.GetValueOrDefault(node, None);

    /// <summary>Whether something at the step can still come to the join.</summary>
    public bool Reaches(CompiledNode node, CompiledNode join) => _upstream.GetOrAdd(join, static (of, graph) => graph.Upstream(of), this).Contains(node);

    /// <summary>Elsa's order: the named start, a start activity, one that can start, one nothing leads to, the first.</summary>
    private static CompiledNode? StartOf(StepDefinition step, IReadOnlyList<CompiledNode> children, FlowConnection[] connections)
    {
        var reached = connections.Select(connection => connection.Target).ToHashSet();
        return children.FirstOrDefault(child => child.Id == step.Start)
            ?? children.FirstOrDefault(child => child.Activity is IStartNode)
            ?? children.FirstOrDefault(child => child.CanStart)
            ?? children.FirstOrDefault(child => !reached.Contains(child))
            ?? (children.Count > 0 ? children[0] : null);
    }

    // Worked out for joins that ask: a drawing of nothing but joins would hold all of its steps once for each.
    private HashSet<CompiledNode> Upstream(CompiledNode join)
    {
        var found = new HashSet<CompiledNode>();
        var open = new Stack<CompiledNode>([join]);
        while (open.TryPop(out var node))
        {
            foreach (var connection in To(node))
            {
                if (found.Add(connection.Source))
                    open.Push(connection.Source);
            }
        }

        return found;
    }
}

/// <summary>A connection: the step and outcome it leaves, the step it reaches.</summary>
internal sealed record FlowConnection(CompiledNode Source, string Port, CompiledNode Target);
