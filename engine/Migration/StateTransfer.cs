using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>
/// Brings the state of a case from one version of its scenario to another: runs of steps keep their number, so that what they
/// asked for under it is never asked twice, and their waits as they were made. Reads one burst and fills another; writes nothing.
/// </summary>
internal sealed class StateTransfer(Burst before, Burst after, VersionMap map, IReadOnlySet<StepThatRan> stepsThatRan)
{
    private readonly HashSet<int> _ended = [];
    private readonly List<BegunStep> _begun = [];
    private readonly List<StepMove> _moves = [];

    /// <summary>Steps that begin in the place of waits for time.</summary>
    public IReadOnlyList<BegunStep> Begun => _begun;

    /// <summary>The steps the case stood at, and where it stands now; frames are left out.</summary>
    public IReadOnlyList<StepMove> Moves => _moves;

    /// <summary>Whether the case's journal must be asked: a rule is about the steps that it ran.</summary>
    public static bool LooksBack(Burst before, VersionMap map) =>
        map.NewlyRead.Count > 0
        || before.State.Steps.Exists(step => map.TargetOf(step.Node) is { } target && !VersionMap.GoesOnAs(step.Node, target))
        || StandsAt(before).Any(node => map.NewlyReached(node).Count > 0);

    /// <summary>Brings everything over; answers why it cannot be, null where it is done.</summary>
    public Hindrance? Carry()
    {
        after.State.NextNumber = before.State.NextNumber;
        after.State.StartInput = before.State.StartInput;
        foreach (var node in map.NewlyRead)
        {
            if (stepsThatRan.Contains(StepThatRan.Of(node)))
                return new Hindrance(HindranceKind.ResultWasNotKept, node.Id);
        }

        return CarrySteps() ?? LeadsAgain() ?? LeadsTwice() ?? CarryTokens() ?? CarryHalted() ?? CarryVariables() ?? CarryResults();
    }

    /// <summary>Whether a wait ended because another step begins in its place.</summary>
    public bool Ends(OpenBookmark bookmark) => _ended.Contains(bookmark.StepNumber);

    private Hindrance? CarrySteps()
    {
        foreach (var step in before.State.Steps)
        {
            if (map.IsLeft(step.Node))
                return new Hindrance(HindranceKind.LeftByChoice, step.NodeId);
            if (map.TargetOf(step.Node) is not { } target)
                return new Hindrance(HindranceKind.StepIsGone, step.NodeId);
            if (!Fits(step, target))
                return new Hindrance(HindranceKind.StepStandsElsewhere, step.NodeId);
            if ((VersionMap.GoesOnAs(step.Node, target) ? GoOn(step, target) : BeginAnew(step, target)) is { } hindrance)
                return hindrance;
            if (!step.Node.Activity.IsFrame)
                _moves.Add(new StepMove(step.Number, step.NodeId, target.Id, _ended.Contains(step.Number)));
        }

        foreach (var bookmark in before.State.Bookmarks)
        {
            if (!Ends(bookmark))
                after.State.Bookmarks.Add(bookmark);
        }

        return null;
    }

    /// <summary>Why it stays, where the new version leads again to what ran already.</summary>
    private Hindrance? LeadsAgain() =>
        StandsAt(before).SelectMany(map.NewlyReached).FirstOrDefault(node => stepsThatRan.Contains(StepThatRan.Of(node))) is { } again
            ? new Hindrance(HindranceKind.StepRanAlready, again.Id)
            : null;

    /// <summary>Why it stays, where several ways that go on would each come to a step that acts, which they came to as one before.</summary>
    private Hindrance? LeadsTwice()
    {
        foreach (var flow in before.State.Steps)
        {
            if (flow.Node.Activity is not Flowchart drawn || map.TargetOf(flow.Node)?.Activity is not Flowchart next)
                continue;
            CompiledNode[] tokens = [.. before.State.Steps.Where(step => step.OwnerNumber == flow.Number).Select(step => step.Node), .. FlowTokens.JoinsWithTokens(flow)];
            if (tokens.Length < 2)
                continue;
            var came = tokens.SelectMany(token => Reach.Alone(drawn.Graph, token)).Select(map.TargetOf).OfType<CompiledNode>().CountBy(reached => reached).ToDictionary();
            var comes = tokens.Select(map.TargetOf).OfType<CompiledNode>().SelectMany(token => Reach.Alone(next.Graph, token)).CountBy(reached => reached);
            foreach (var (step, times) in comes)
            {
                if (times > Math.Max(1, came.GetValueOrDefault(step)) && after.Scenario.Nodes.FirstOrDefault(node => IsWithin(node, step) && VersionMap.ActsBeyondItsCase(node)) is { } acts)
                    return new Hindrance(HindranceKind.RunsTwice, acts.Id);
            }
        }

        return null;
    }

    /// <summary>Where a case goes on from: the steps that run, but for frames, and the joins before which its tokens wait.</summary>
    private static IEnumerable<CompiledNode> StandsAt(Burst before) =>
        before.State.Steps.SelectMany(step => step.Node.Activity is Flowchart ? FlowTokens.JoinsWithTokens(step) : step.Node.Activity.IsFrame ? [] : [step.Node]);

    private bool Fits(ActivityExecutionContext step, CompiledNode target) => step.OwnerNumber == 0
        ? ReferenceEquals(target, after.Scenario.Root)
        : after.State.Find(step.OwnerNumber) is { } owner && ReferenceEquals(target.Parent, owner.Node);

    private Hindrance? GoOn(ActivityExecutionContext step, CompiledNode target)
    {
        CompiledNode? start = null;
        if (step.StartNode is { } drawn && (start = map.TargetOf(drawn)) is null)
            return new Hindrance(HindranceKind.StepIsGone, drawn.Id);
        after.State.Steps.Add(new ActivityExecutionContext(after, target, step.Number, step.OwnerNumber)
        {
            Status = step.Status,
            CompletionCallback = step.CompletionCallback,
            StartsCase = step.StartsCase,
            StartNode = start,
            Properties = step.Properties is null ? null : new Dictionary<string, object?>(step.Properties),
            Fault = step.Fault,
        });
        return null;
    }

    private Hindrance? BeginAnew(ActivityExecutionContext step, CompiledNode target)
    {
        if (step.Fault is not null)
            return new Hindrance(HindranceKind.IncidentIsOpen, step.NodeId);
        if (!VersionMap.WaitsForTimeAlone(step.Node) || step.Status != StepStatus.Running || !VersionMap.CanBegin(target))
            return new Hindrance(HindranceKind.StepIsOfAnotherKind, step.NodeId);
        if (after.Scenario.Nodes.FirstOrDefault(node => IsWithin(node, target) && stepsThatRan.Contains(StepThatRan.Of(node))) is { } ran)
            return new Hindrance(HindranceKind.StepRanAlready, ran.Id);
        _ended.Add(step.Number);
        _begun.Add(new BegunStep(target, step.OwnerNumber, step.CompletionCallback, Loops.OfRound(step)));
        return null;
    }

    private static bool IsWithin(CompiledNode? node, CompiledNode holder)
    {
        while (node is not null && !ReferenceEquals(node, holder))
            node = node.Parent;
        return node is not null;
    }

    private Hindrance? CarryTokens()
    {
        foreach (var flow in after.State.Steps)
        {
            if (flow.Node.Activity is Flowchart && FlowTokens.Carry(flow, map.TargetOf) is { } join)
                return new Hindrance(HindranceKind.JoinIsGone, join);
        }

        return null;
    }

    private Hindrance? CarryHalted()
    {
        foreach (var work in before.State.Halted)
        {
            if (work.NodeId is { } nodeId && map.TargetOf(nodeId) is null)
                return new Hindrance(HindranceKind.StepIsGone, nodeId);
            after.State.Halted.Add(work with { NodeId = work.NodeId is null ? null : map.TargetOf(work.NodeId) });
        }

        return null;
    }

    private Hindrance? CarryVariables()
    {
        var known = before.Scenario.VariablesById;
        foreach (var (id, value) in before.State.Variables)
        {
            var declared = known.GetValueOrDefault(id);
            if (!Set(id, declared, value))
                return new Hindrance(HindranceKind.VariableDoesNotFit, declared?.Name ?? id);
        }

        // A variable that was never set keeps the value it had, where the new version gives another one to begin with.
        foreach (var variable in known.Values)
        {
            if (!before.State.Variables.ContainsKey(variable.Id) && InPlaceOf(variable.Id, variable.Name) is { } next && !Equals(next.FirstValue, variable.FirstValue)
                && !Set(variable.Id, variable, variable.FirstValue))
                return new Hindrance(HindranceKind.VariableDoesNotFit, variable.Name);
        }

        return null;
    }

    private bool Set(string id, CompiledVariable? declared, object? value)
    {
        var name = declared?.Name ?? id;
        var next = InPlaceOf(id, name);
        try
        {
            after.State.Variables[next?.Id ?? after.Scenario.VariableId(name)] = next is not null && next.ValueType != declared?.ValueType ? DeclaredTypes.Give(DeclaredTypes.Read(value, declared?.ValueType), next.ValueType) : value;
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // The one of its name; else the one of its identity, whose name is new: it was renamed.
    private CompiledVariable? InPlaceOf(string id, string name)
    {
        var variables = after.Scenario.VariablesById;
        return variables.GetValueOrDefault(after.Scenario.VariableId(name))
            ?? (variables.GetValueOrDefault(id) is { } renamed && before.Scenario.VariablesById.Values.All(known => known.Name != renamed.Name) ? renamed : null);
    }

    private Hindrance? CarryResults()
    {
        foreach (var (key, outputs) in before.State.StepOutputs)
        {
            var round = key.IndexOf(CaseState.OfRound, StringComparison.Ordinal) is var at and >= 0 ? at : key.Length;
            if (map.TargetOf(key[..round]) is { } target)
                after.State.StepOutputs[target + key[round..]] = outputs;
        }

        return null;
    }
}

/// <summary>A run of a step, and where it goes on.</summary>
/// <param name="Number">The run's number within the case; it is kept.</param>
/// <param name="From">The step it was drawn as.</param>
/// <param name="To">The step in its place.</param>
/// <param name="BeginsAnew">Whether the step in its place begins, because the two are of different kinds.</param>
internal sealed record StepMove(int Number, string From, string To, bool BeginsAnew);
