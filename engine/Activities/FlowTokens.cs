using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>
/// Moves tokens through a flowchart. A token is a running step, or one that waits before a join. A step that completes gives
/// one to each connection of its outcomes; at any step but a join it runs that step.
/// </summary>
internal static class FlowTokens
{
    private const string WaitingKey = "tokens";
    private const string StuckKey = "missing";

    /// <summary>A step has completed: gives its tokens away, lets joins run, ends the flowchart when none is left.</summary>
    public static async ValueTask PassOnAsync(ActivityExecutionContext flow, ActivityExecutionContext child)
    {
        var graph = GraphOf(flow);
        List<JoinToken>? waiting = null;
        var leads = false;
        foreach (var connection in graph.From(child.Node))
        {
            if (!child.Outcomes.Contains(connection.Port))
                continue;
            leads = true;
            if (connection.Target.Activity is FlowJoin)
                (waiting ??= Waiting(flow)).Add(new JoinToken(connection.Source.Id, connection.Port, connection.Target.Id));
            else
                flow.Burst.Schedule(flow, connection.Target);
        }

        if (!leads && !child.IsDecided)
            MustHaveAllDrawn(child, graph.From(child.Node));
        if (waiting is not null)
            flow.SetProperty(WaitingKey, waiting.ToArray());
        if (waiting is null && !HasWaiting(flow))
        {
            if (!IsAnyAlive(flow))
                await flow.CompleteActivityAsync();
            return;
        }

        LetJoinsRun(flow, graph);
        if (Stuck(flow, graph) is { } join)
            ForceJoin(flow, graph, join);
        else if (!IsAnyAlive(flow))
            await flow.CompleteActivityAsync();
    }

    /// <summary>A join runs: one that waits for the first takes every token before it, and cancels what still runs on ways to it.</summary>
    public static void EnterJoin(ActivityExecutionContext join)
    {
        if (join.GetProperty<string>(StuckKey) is { } missing)
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.JoinNeverComplete, $"The join \"{join.Node.Activity.Name ?? join.NodeId}\" waits for every way, but nothing runs any more on: {missing}.");
        if (ModeOf(join.Node) != FlowJoinMode.WaitAny)
            return;
        var burst = join.Burst;
        var flow = burst.State.Find(join.OwnerNumber);
        if (flow is null)
            return;
        var graph = GraphOf(flow);
        Take(flow, token => token.Join == join.NodeId);
        foreach (var step in burst.State.Steps.ToArray())
        {
            if (step.OwnerNumber == flow.Number && step != join && graph.Reaches(step.Node, join.Node))
                burst.Cancel(step);
        }

        Take(flow, token => burst.Scenario.Find(token.Join) is { } other && graph.Reaches(other, join.Node));
    }

    /// <summary>Brings the tokens before joins to the drawing of another version; answers the join that one of them does not reach there, null where all do.</summary>
    public static string? Carry(ActivityExecutionContext flow, Func<string, string?> placeOf)
    {
        if (!HasWaiting(flow))
            return null;
        var graph = GraphOf(flow);
        var carried = new List<JoinToken>();
        foreach (var token in Waiting(flow))
        {
            if (placeOf(token.From) is not { } from || placeOf(token.Join) is not { } joinId || flow.Burst.Scenario.Find(joinId) is not { Activity: FlowJoin } join)
                return token.Join;
            var next = new JoinToken(from, token.By, joinId);
            if (!Array.Exists(graph.To(join), next.Comes))
                return token.Join;
            carried.Add(next);
        }

        flow.SetProperty(WaitingKey, carried.ToArray());
        return null;
    }

    /// <summary>The joins before which tokens wait.</summary>
    public static IEnumerable<CompiledNode> JoinsWithTokens(ActivityExecutionContext flow) =>
        HasWaiting(flow) ? Waiting(flow).Select(token => flow.Burst.Scenario.Find(token.Join)!).Distinct() : [];

    /// <summary>Lets joins run that wait for nothing more as the flowchart is drawn now.</summary>
    public static void LookAgain(ActivityExecutionContext flow)
    {
        if (!HasWaiting(flow))
            return;
        var graph = GraphOf(flow);
        LetJoinsRun(flow, graph);
        if (Stuck(flow, graph) is { } join)
            ForceJoin(flow, graph, join);
    }

    // Nothing drawn after an outcome ends its way. But an activity whose drawn outcome was renamed since must not end cases in silence, nor one that names an outcome it does not have.
    private static void MustHaveAllDrawn(ActivityExecutionContext child, FlowConnection[] drawn)
    {
        foreach (var gone in drawn)
        {
            if (child.Node.OutcomesOrDone.Contains(gone.Port))
                continue;
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.OutcomeIsGone, $"The step \"{child.NodeId}\" ended by \"{string.Join(", ", child.Outcomes)}\", after which nothing is drawn; \"{gone.Port}\", which is drawn, it does not have any more.");
        }

        if (drawn.Length > 0 && !child.Outcomes.Any(child.Node.OutcomesOrDone.Contains))
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.OutcomeIsUnknown, $"The step \"{child.NodeId}\" ended by \"{string.Join(", ", child.Outcomes)}\", which is no outcome of its own.");
    }

    private static void LetJoinsRun(ActivityExecutionContext flow, FlowGraph graph)
    {
        foreach (var joinId in Waiting(flow).Select(token => token.Join).Distinct().ToArray())
        {
            var join = flow.Burst.Scenario.Find(joinId)!;
            if (IsPending(flow, join))
                continue;
            var waiting = Waiting(flow);
            switch (ModeOf(join))
            {
                case FlowJoinMode.WaitAny:
                    flow.Burst.Schedule(flow, join);
                    break;
                case FlowJoinMode.WaitAll when graph.To(join).All(connection => waiting.Exists(token => token.Comes(connection))):
                    TakeOneOfEach(flow, graph.To(join));
                    flow.Burst.Schedule(flow, join);
                    break;
                case FlowJoinMode.WaitAllActive when !CanMoreArrive(flow, graph, join, waiting):
                    Take(flow, token => token.Join == joinId);
                    flow.Burst.Schedule(flow, join);
                    break;
            }
        }
    }

    /// <summary>
    /// The join to go on where what it waits for cannot come. For the active ways: the first to which nothing leads that runs, and
    /// no other such join but one to which it leads itself. For all ways: the first, where nothing runs at all. Null else.
    /// </summary>
    private static CompiledNode? Stuck(ActivityExecutionContext flow, FlowGraph graph)
    {
        if (!HasWaiting(flow))
            return null;
        CompiledNode[] running = [.. flow.Burst.State.Steps.Where(step => step.OwnerNumber == flow.Number).Select(step => step.Node)];
        CompiledNode[] joins = [.. JoinsWithTokens(flow)];
        CompiledNode[] apart = [.. joins.Where(join => ModeOf(join) == FlowJoinMode.WaitAllActive && !Array.Exists(running, step => ReferenceEquals(step, join) || graph.Reaches(step, join)))];
        if (apart.Length > 0)
            return Array.Find(apart, join => Array.TrueForAll(apart, other => !graph.Reaches(other, join) || graph.Reaches(join, other))) ?? apart[0];
        return running.Length == 0 ? joins[0] : null;
    }

    /// <summary>A join for the active ways goes on; one for all ways can never, and says so.</summary>
    private static void ForceJoin(ActivityExecutionContext flow, FlowGraph graph, CompiledNode join)
    {
        var waiting = Waiting(flow);
        Take(flow, token => token.Join == join.Id);
        var step = flow.Burst.Schedule(flow, join);
        if (ModeOf(join) != FlowJoinMode.WaitAllActive)
            step.SetProperty(StuckKey, string.Join(", ", graph.To(join).Where(connection => !waiting.Exists(token => token.Comes(connection))).Select(connection => $"{connection.Source.Id} ({connection.Port})")));
    }

    private static bool CanMoreArrive(ActivityExecutionContext flow, FlowGraph graph, CompiledNode join, List<JoinToken> waiting)
    {
        foreach (var step in flow.Burst.State.Steps)
        {
            if (step.OwnerNumber == flow.Number && graph.Reaches(step.Node, join))
                return true;
        }

        return waiting.Exists(token => token.Join != join.Id && graph.Reaches(flow.Burst.Scenario.Find(token.Join)!, join));
    }

    private static void TakeOneOfEach(ActivityExecutionContext flow, FlowConnection[] connections)
    {
        var waiting = Waiting(flow);
        foreach (var connection in connections)
            waiting.RemoveAt(waiting.FindIndex(token => token.Comes(connection)));
        flow.SetProperty(WaitingKey, waiting.ToArray());
    }

    private static void Take(ActivityExecutionContext flow, Predicate<JoinToken> which)
    {
        var waiting = Waiting(flow);
        if (waiting.RemoveAll(which) > 0)
            flow.SetProperty(WaitingKey, waiting.ToArray());
    }

    private static List<JoinToken> Waiting(ActivityExecutionContext flow) => [.. flow.GetProperty<JoinToken[]>(WaitingKey) ?? []];

    private static bool HasWaiting(ActivityExecutionContext flow) => flow.Properties is not null && flow.GetProperty<JoinToken[]>(WaitingKey) is { Length: > 0 };

    private static bool IsAnyAlive(ActivityExecutionContext flow)
    {
        foreach (var step in flow.Burst.State.Steps)
        {
            if (step.OwnerNumber == flow.Number)
                return true;
        }

        return false;
    }

    private static bool IsPending(ActivityExecutionContext flow, CompiledNode join) =>
        flow.Burst.State.Steps.Exists(step => step.OwnerNumber == flow.Number && step.Node == join && step.Status == StepStatus.Pending);

    private static FlowJoinMode ModeOf(CompiledNode join) => ((FlowJoin)join.Activity).Mode.TryGetConstant(out var mode) ? mode : FlowJoinMode.WaitAny;

    private static FlowGraph GraphOf(ActivityExecutionContext flow) => ((Flowchart)flow.Node.Activity).Graph;

    /// <summary>A token before a join: the connection it came by.</summary>
    internal sealed record JoinToken(string From, string By, string Join)
    {
        public bool Comes(FlowConnection connection) => From == connection.Source.Id && By == connection.Port && Join == connection.Target.Id;
    }
}
