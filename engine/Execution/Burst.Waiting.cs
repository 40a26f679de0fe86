using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How steps of a burst wait, run others, complete and are cancelled.</summary>
internal sealed partial class Burst
{
    private const string BranchCancelled = "The branch was cancelled; nothing is left to decide.";

    public void Wait(ActivityExecutionContext step, string name, string? hash, ExecuteActivityDelegate? callback, DateTimeOffset? dueAt, bool autoBurn, bool autoComplete)
    {
        var method = callback?.Method.Name;
        if (callback is not null && (!ReferenceEquals(callback.Target, step.Node.Activity) || !step.Node.Blueprint.Callbacks.ContainsKey(method!)))
            throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.CallbackIsNoMethod, $"The step \"{step.NodeId}\" waits with a callback that is not a method of {step.Node.Blueprint.Type.Name}; only methods are found again after a restart.");

        var bookmark = new OpenBookmark(TimeOrderedId.At(Now), step.Number, name, method, dueAt, Now, autoBurn, autoComplete);
        _state.AddBookmark(bookmark);
        _work.Append(new BookmarkCreated(new Bookmark
        {
            Id = bookmark.Id,
            TenantId = _case.TenantId,
            CaseId = _case.Id,
            Name = name,
            Hash = hash,
            ActivityInstanceId = step.Id,
            NodeId = step.NodeId,
            Callback = method,
            DueAt = dueAt,
            AutoBurn = autoBurn,
            CreatedAt = Now,
        }));
    }

    public ActivityExecutionContext Schedule(ActivityExecutionContext? owner, CompiledNode node, string? completionCallback = null)
    {
        var step = new ActivityExecutionContext(this, node, _state.NextNumber++, owner?.Number ?? 0) { CompletionCallback = completionCallback };
        _state.AddStep(step);
        _queue.Enqueue(step);
        return step;
    }

    /// <summary>Runs a step once more that is under way, after the one that runs now; the burst's budget counts it with that one.</summary>
    public void RunAgain(ActivityExecutionContext step)
    {
        _stepsRun--;
        _state.SetStatus(step, StepStatus.Pending);
        _queue.Enqueue(step);
    }

    public ValueTask ScheduleAsync(ActivityExecutionContext owner, IActivity? activity, ActivityCompletionCallback? callback)
    {
        if (activity is null)
            return callback is null ? CompleteAsync(owner, owner.Node.DefaultOutcomes) : ValueTask.CompletedTask;
        var node = (activity as Authoring.Activity)?.Node
            ?? throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.ForeignActivity, $"The step \"{owner.NodeId}\" schedules an activity that is not part of the scenario.");
        if (callback is not null && !owner.Node.Blueprint.CompletionCallbacks.ContainsKey(callback.Method.Name))
            throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.CallbackIsNoMethod, $"The step \"{owner.NodeId}\" schedules with a callback that is not a method of {owner.Node.Blueprint.Type.Name}.");
        Schedule(owner, node, callback?.Method.Name);
        return ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync(ActivityExecutionContext step, IReadOnlyList<string> outcomes)
    {
        if (step.Status is StepStatus.Completed or StepStatus.Canceled)
            throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.CompletedTwice, $"The step \"{step.NodeId}\" was completed twice.");
        step.Outcomes = outcomes;
        RemoveWithin(step);
        _state.RemoveStep(step, StepStatus.Completed);

        if (step.OwnerNumber == 0)
        {
            End(CaseSubStatus.Finished);
            return;
        }

        var owner = _state.Find(step.OwnerNumber);
        if (owner is null)
            return;
        if (step.CompletionCallback is { } method)
        {
            var callback = owner.Node.CompletionCallback(method) ?? throw MissingCallback(owner, method);
            await callback(new ActivityCompletedContext(owner, step));
        }
        else
        {
            await owner.Node.Activity.OnChildCompletedAsync(owner, step);
        }
    }

    /// <summary>A step ends, and the loop it stands in with it; nothing between the two goes on.</summary>
    public ValueTask BreakAsync(ActivityExecutionContext step, ActivityExecutionContext loop)
    {
        _state.RemoveStep(step, StepStatus.Completed);
        return CompleteAsync(loop, loop.Node.DefaultOutcomes);
    }

    /// <summary>Ends the case whatever still runs in it.</summary>
    public void End(CaseSubStatus how)
    {
        if (_state.Halted.Count > 0 || _state.Steps.Exists(step => step.Fault is not null))
            _work.Append(new IncidentsClosed(_case.Id, null, Now, how == CaseSubStatus.Cancelled ? "The case was cancelled." : "The case ended."));
        while (_state.Halted.Count > 0)
            _state.RemoveHalted(_state.Halted[^1]);
        while (_state.Steps.Count > 0)
            Cancel(_state.Steps[^1]);
        while (_state.Bookmarks.Count > 0)
            Burn(_state.Bookmarks[^1]);
        _state.Held.Clear();
        _state.Undo.Add(static (burst, _, _) => ((Burst)burst!).Ended = null, this, null, null);
        Ended = how;
    }

    /// <summary>Ends a step and all within it from outside, with its waits.</summary>
    public void Cancel(ActivityExecutionContext step)
    {
        if (step.Status is StepStatus.Completed or StepStatus.Canceled)
            return;
        if (step.Fault is { } fault)
            NeedsNoDecision(fault.IncidentId, BranchCancelled);
        if (ExecuteWorkflow.WaitedForBy(step) is { } child)
            _work.Append(new WorkEnqueued(WorkItem.ToCancel(_case.TenantId, child, Now)));
        RemoveWithin(step);
        var ran = step.Status != StepStatus.Pending;
        _state.RemoveStep(step, StepStatus.Canceled);
        if (ran)
            _journal.AddInStep(step, "Cancelled", step.Fault is null ? null : BranchCancelled);
    }

    /// <summary>What an incident stopped is not to be done any more.</summary>
    private void NeedsNoDecision(Guid incidentId, string resolution)
    {
        foreach (var halted in _state.Halted.FindAll(work => work.IncidentId == incidentId))
            _state.RemoveHalted(halted);
        _work.Append(new IncidentsClosed(_case.Id, incidentId, Now, resolution));
    }

    private void RemoveWithin(ActivityExecutionContext step)
    {
        for (var index = _state.Bookmarks.Count - 1; index >= 0; index--)
        {
            if (_state.Bookmarks[index].StepNumber == step.Number)
                Burn(_state.Bookmarks[index]);
        }

        for (var index = _state.Steps.Count - 1; index >= 0; index = Math.Min(index, _state.Steps.Count) - 1)
        {
            if (index < _state.Steps.Count && _state.Steps[index].OwnerNumber == step.Number)
                Cancel(_state.Steps[index]);
        }
    }

    private void Burn(OpenBookmark bookmark)
    {
        _state.RemoveBookmark(bookmark);
        _work.Append(new BookmarkBurned(_case.Id, bookmark.Id));
        if (_state.Halted.Count > 0 && _state.Halted.Find(work => work.BookmarkId == bookmark.Id) is { } halted)
            NeedsNoDecision(halted.IncidentId, "The case went on without it.");
    }
}
