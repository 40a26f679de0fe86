using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>Which steps of a drawing may still come once a step is done: along connections, through sequences, around loops, and after what holds it.</summary>
internal static class Reach
{
    /// <summary>The steps that may follow one, those inside of them too: in its round of each loop alone, or in all rounds to come.</summary>
    public static HashSet<CompiledNode> After(CompiledScenario scenario, CompiledNode step, bool inItsRound)
    {
        var reached = new HashSet<CompiledNode>();
        var open = new Queue<CompiledNode>([step]);
        while (open.TryDequeue(out var done))
        {
            foreach (var next in Next(scenario, done, inItsRound).Where(reached.Add))
                open.Enqueue(next);
        }

        reached.UnionWith([.. scenario.Nodes.Where(node => Holders(node).Any(reached.Contains))]);
        return reached;
    }

    /// <summary>The steps of a flowchart that a token at one of them may come to before it meets others at a join, joins included.</summary>
    public static HashSet<CompiledNode> Alone(FlowGraph graph, CompiledNode step)
    {
        var reached = new HashSet<CompiledNode>();
        var open = new Queue<CompiledNode>([step]);
        while (open.TryDequeue(out var done))
        {
            foreach (var next in graph.From(done).Select(connection => connection.Target).Where(reached.Add))
            {
                if (next.Activity is not FlowJoin)
                    open.Enqueue(next);
            }
        }

        return reached;
    }

    private static IEnumerable<CompiledNode> Next(CompiledScenario scenario, CompiledNode step, bool inItsRound)
    {
        foreach (var inside in (CompiledNode[])[step, .. Holders(step)])
        {
            foreach (var next in NextWithin(scenario, inside, inItsRound))
                yield return next;
        }
    }

    private static IEnumerable<CompiledNode> NextWithin(CompiledScenario scenario, CompiledNode step, bool inItsRound) => step.Parent?.Activity switch
    {
        null => [],
        Flowchart flow => flow.Graph.From(step).Where(connection => !inItsRound || !LeadsBack(flow.Graph, connection)).Select(connection => connection.Target),
        Sequence => scenario.Nodes.Where(other => other.Parent == step.Parent && other.Index > step.Index),
        While or ForEach or ParallelForEach when inItsRound => [],
        _ => scenario.Nodes.Where(other => other.Parent == step.Parent),
    };

    // A way leads back where nothing comes to its beginning but by its end.
    private static bool LeadsBack(FlowGraph graph, FlowConnection way)
    {
        var reached = new HashSet<CompiledNode>(graph.Entries.Where(entry => entry != way.Target));
        var open = new Queue<CompiledNode>(reached);
        while (open.TryDequeue(out var done))
        {
            foreach (var next in graph.From(done).Select(connection => connection.Target).Where(next => next != way.Target && reached.Add(next)))
                open.Enqueue(next);
        }

        return !reached.Contains(way.Source);
    }

    private static IEnumerable<CompiledNode> Holders(CompiledNode step)
    {
        for (var holder = step.Parent; holder is not null; holder = holder.Parent)
            yield return holder;
    }
}
