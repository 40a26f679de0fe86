using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What must hold for the steps of a flowchart together.</summary>
internal static class FlowRules
{
    public static void Check(StepDefinition flow, CompiledScenario compiled, ProblemList problems)
    {
        var steps = flow.Steps ?? [];
        var connections = flow.Connections ?? [];
        if (steps.Count == 0)
        {
            problems.Error(ProblemCodes.NoStart, flow.Id);
            return;
        }

        CheckConnections(steps, connections, compiled, problems);
        CheckStarts(flow, steps, connections, compiled, problems);
        CheckOutcomes(steps, connections, compiled, problems);
        CheckLoops(steps, connections, compiled, problems);
    }

    private static void CheckConnections(IReadOnlyList<StepDefinition> steps, IReadOnlyList<ConnectionDefinition> connections, CompiledScenario compiled, ProblemList problems)
    {
        var ids = steps.Select(step => step.Id).ToHashSet();
        var seen = new HashSet<(string, string, string)>();
        var outcomes = new Dictionary<string, HashSet<string>>();
        HashSet<string> OutcomesOf(string id) => outcomes.TryGetValue(id, out var known) ? known : outcomes[id] = [.. StepOutcomes.Of(compiled.Find(id)!)];
        foreach (var connection in connections)
        {
            if (!ids.Contains(connection.Source))
                problems.Error(ProblemCodes.UnknownStep, null, null, connection.Source);
            else if (compiled.Find(connection.Source)!.Activity is not Placeholder && !OutcomesOf(connection.Source).Contains(connection.SourcePort))
                problems.Error(ProblemCodes.UnknownOutcome, connection.Source, null, connection.SourcePort);
            if (!ids.Contains(connection.Target))
                problems.Error(ProblemCodes.UnknownStep, connection.Source, null, connection.Target);
            if (!seen.Add((connection.Source, connection.SourcePort, connection.Target)))
                problems.Error(ProblemCodes.DuplicateConnection, connection.Source, null, connection.SourcePort, connection.Target);
        }
    }

    private static void CheckStarts(StepDefinition flow, IReadOnlyList<StepDefinition> steps, IReadOnlyList<ConnectionDefinition> connections, CompiledScenario compiled, ProblemList problems)
    {
        var reached = connections.Where(connection => connection.Source != connection.Target).Select(connection => connection.Target).ToHashSet();
        var starts = steps.Where(step => IsStart(step, compiled)).Select(step => step.Id).ToHashSet();
        var plain = steps.Where(step => compiled.Find(step.Id)!.Activity is IStartNode).Select(step => step.Id).ToArray();
        if (plain.Length > 1)
            problems.Error(ProblemCodes.SeveralStarts, flow.Id, null, string.Join(", ", plain));
        var unreached = steps.Where(step => !reached.Contains(step.Id)).Select(step => step.Id).ToArray();
        if (flow.Start is { Length: > 0 } start && !steps.Any(step => step.Id == start))
            problems.Error(ProblemCodes.UnknownStart, flow.Id, null, start);
        if (starts.Count == 0 && string.IsNullOrEmpty(flow.Start))
        {
            if (unreached.Length == 0)
                problems.Error(ProblemCodes.NoStart, flow.Id);
            else if (unreached.Length > 1)
                problems.Error(ProblemCodes.SeveralStarts, flow.Id, null, string.Join(", ", unreached));
            return;
        }

        foreach (var id in unreached.Where(id => !starts.Contains(id) && id != flow.Start))
            problems.Error(ProblemCodes.Unconnected, id);
    }

    private static bool IsStart(StepDefinition step, CompiledScenario compiled)
    {
        var node = compiled.Find(step.Id)!;
        return node.Activity is IStartNode || (step.CanStartScenario && node.Activity is ITrigger);
    }

    private static void CheckOutcomes(IReadOnlyList<StepDefinition> steps, IReadOnlyList<ConnectionDefinition> connections, CompiledScenario compiled, ProblemList problems)
    {
        var drawn = connections.Select(connection => (connection.Source, connection.SourcePort)).ToHashSet();
        foreach (var step in steps)
        {
            var outcomes = StepOutcomes.Of(compiled.Find(step.Id)!);
            if (outcomes.Count < 2)
                continue;
            foreach (var outcome in outcomes.Where(outcome => !drawn.Contains((step.Id, outcome))))
                problems.Warn(ProblemCodes.UnhandledOutcome, step.Id, null, outcome);
        }

        foreach (var step in steps.Where(step => compiled.Find(step.Id)!.Activity is Event && !step.CanStartScenario))
            problems.Warn(ProblemCodes.WaitWithoutLimit, step.Id);
    }

    /// <summary>Finds steps that lead back to themselves through steps that never wait.</summary>
    private static void CheckLoops(IReadOnlyList<StepDefinition> steps, IReadOnlyList<ConnectionDefinition> connections, CompiledScenario compiled, ProblemList problems)
    {
        var next = connections.ToLookup(connection => connection.Source, connection => connection.Target);
        var done = new HashSet<string>();
        foreach (var step in steps)
        {
            if (LoopsFrom(step.Id, next, compiled, done) is { } at)
            {
                problems.Error(ProblemCodes.LoopWithoutWait, at);
                return;
            }
        }
    }

    // A drawing may be one chain of all its steps: the way back is on a list, not on the thread's stack.
    private static string? LoopsFrom(string start, ILookup<string, string> next, CompiledScenario compiled, HashSet<string> done)
    {
        var path = new HashSet<string>();
        var way = new Stack<(string Id, IEnumerator<string> Next)>();
        Enter(start);
        while (way.TryPeek(out var here))
        {
            if (!here.Next.MoveNext())
            {
                way.Pop();
                path.Remove(here.Id);
                done.Add(here.Id);
            }
            else if (path.Contains(here.Next.Current))
            {
                return here.Next.Current;
            }
            else
            {
                Enter(here.Next.Current);
            }
        }

        return null;

        void Enter(string id)
        {
            if (done.Contains(id) || compiled.Find(id) is not { } node || MayWait(node))
                return;
            path.Add(id);
            way.Push((id, next[id].GetEnumerator()));
        }
    }

    /// <summary>Activities with methods to go on at may wait; so may those that hold others.</summary>
    private static bool MayWait(CompiledNode node) =>
        node.Activity is Delay or Placeholder or Flowchart or Sequence or If or ILoop || node.Blueprint.Callbacks.Keys.Any(name => name is not ("ExecuteAsync" or "RunAsync" or "CanExecuteAsync"));
}
