using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>Which steps of a drawing may still come once a step is done: along connections, through sequences, around loops, and after what holds it.</summary>
internal static class Reach
{
    /// <summary>The steps that may follow one, those inside of them too.</summary>
    public static HashSet<CompiledNode> After(CompiledScenario scenario, CompiledNode step)
    {
        var reached = new HashSet<CompiledNode>();
        var open = new Queue<CompiledNode>([step]);
        while (open.TryDequeue(out var done))
        {
            foreach (var next in Next(scenario, done).Where(reached.Add))
                open.Enqueue(next);
        }

        reached.UnionWith([.. scenario.Nodes.Where(node => Holders(node).Any(reached.Contains))]);
        return reached;
    }

    private static IEnumerable<CompiledNode> Next(CompiledScenario scenario, CompiledNode step)
    {
        foreach (var inside in (CompiledNode[])[step, .. Holders(step)])
        {
            foreach (var next in NextWithin(scenario, inside))
                yield return next;
        }
    }

    private static IEnumerable<CompiledNode> NextWithin(CompiledScenario scenario, CompiledNode step) => step.Parent?.Activity switch
    {
        null => [],
        Flowchart flow => flow.Graph.From(step).Select(connection => connection.Target),
        Sequence => scenario.Nodes.Where(other => other.Parent == step.Parent && other.Index > step.Index),
        _ => scenario.Nodes.Where(other => other.Parent == step.Parent),
    };

    private static IEnumerable<CompiledNode> Holders(CompiledNode step)
    {
        for (var holder = step.Parent; holder is not null; holder = holder.Parent)
            yield return holder;
    }
}
