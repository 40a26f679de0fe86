using System.Diagnostics;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>
/// All that one stimulus sets off in a case, until nothing can go on. What it changes stands in the unit of work and in
/// the case's state; a step that fails is taken out of both, and becomes an incident.
/// </summary>
internal sealed class Burst
{
    private readonly CaseState _state = new();
    private readonly IEngineUnitOfWork _work;
    private readonly BurstServices _services;
    private readonly Queue<ActivityExecutionContext> _queue = new();
    private readonly BurstJournal _journal;
    private readonly ResumeInput _resumeInput = new();
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private CaseRecord _case;
    private BurstScope? _scope;
    private int _stepsRun;

    public Burst(CompiledScenario scenario, CaseRecord @case, IEngineUnitOfWork work, BurstServices services, CancellationToken cancellationToken)
    {
        Scenario = scenario;
        _case = @case;
        _work = work;
        _services = services;
        _journal = new BurstJournal(services.Limits);
        CancellationToken = cancellationToken;
        Now = services.Clock.GetUtcNow();
        Workflow = new WorkflowExecutionContext(this);
        StateReader.Read(@case.State, this, _state);
    }

    public CompiledScenario Scenario { get; }

    public CancellationToken CancellationToken { get; }

    public WorkflowExecutionContext Workflow { get; }

    /// <summary>Business time, one instant for the whole burst.</summary>
    public DateTimeOffset Now { get; }

    public Guid CaseId => _case.Id;

    public string? CorrelationId => _case.CorrelationId;

    public IServiceProvider Services => _services.Provider;

    public CaseState State => _state;

    public CaseRecord Case => _case;

    public BurstJournal Journal => _journal;

    /// <summary>The name of the wait that was hit; null where none was.</summary>
    public string? ResumedBy { get; private set; }

    /// <summary>How the case ended in this burst; null while it goes on.</summary>
    public CaseSubStatus? Ended { get; private set; }

    public void SetCorrelationId(string? value)
    {
        _state.Undo.Add(static (burst, _, old) => ((Burst)burst!)._case = (CaseRecord)old!, this, null, _case);
        _case = _case with { CorrelationId = value };
    }

    // Values

    public T? GetVariable<T>(string name) => ValueConversion.To<T>(Scope.Variable(Scenario.VariableId(name)));

    public void SetVariable(string name, object? value) => SetVariableById(Scenario.VariableId(name), value);

    private void SetVariableById(string id, object? value)
    {
        _state.SetVariable(id, Scenario.VariablesById.TryGetValue(id, out var declared) ? ValueConversion.To(value, declared.ValueType) : value);
    }

    public void SetProperty(ActivityExecutionContext step, string key, object? value) => _state.SetProperty(step, key, value);

    public T? GetInput<T>(string name) => ValueConversion.To<T>(Scope.Input(name));

    /// <summary>All that came with the start or the resume, as a JSON object.</summary>
    public Dictionary<string, object?> AllInput() => new(Scope.LatestInputs());

    public void SetOutput(ActivityExecutionContext step, Output output, object? value)
    {
        (step.OutputValues ??= [])[output.Name] = value;
        if (output.VariableId is { } variable)
            SetVariableById(variable, value);
        if (step.Node.KeepsOutputs)
            _state.SetStepOutput(step.NodeId, output.Name, value);
    }

    // Waiting, scheduling, ending

    public void Wait(ActivityExecutionContext step, string name, string? hash, ExecuteActivityDelegate? callback, DateTimeOffset? dueAt, bool autoBurn, bool autoComplete)
    {
        var method = callback?.Method.Name;
        if (callback is not null && (!ReferenceEquals(callback.Target, step.Node.Activity) || !step.Node.Blueprint.Callbacks.ContainsKey(method!)))
            throw new ScenarioFaultException(IncidentKind.Bug, "CallbackIsNoMethod", $"The step \"{step.NodeId}\" waits with a callback that is not a method of {step.Node.Blueprint.Type.Name}; only methods are found again after a restart.");

        var bookmark = new OpenBookmark(Guid.CreateVersion7(Now), step.Number, name, method, dueAt, Now, autoBurn, autoComplete);
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

    public ValueTask ScheduleAsync(ActivityExecutionContext owner, IActivity? activity, ActivityCompletionCallback? callback)
    {
        if (activity is null)
            return callback is null ? CompleteAsync(owner, owner.Node.DefaultOutcomes) : ValueTask.CompletedTask;
        var node = (activity as Authoring.Activity)?.Node
            ?? throw new ScenarioFaultException(IncidentKind.Bug, "ForeignActivity", $"The step \"{owner.NodeId}\" schedules an activity that is not part of the scenario.");
        if (callback is not null && !owner.Node.Blueprint.CompletionCallbacks.ContainsKey(callback.Method.Name))
            throw new ScenarioFaultException(IncidentKind.Bug, "CallbackIsNoMethod", $"The step \"{owner.NodeId}\" schedules with a callback that is not a method of {owner.Node.Blueprint.Type.Name}.");
        Schedule(owner, node, callback?.Method.Name);
        return ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync(ActivityExecutionContext step, IReadOnlyList<string> outcomes)
    {
        if (step.Status is StepStatus.Completed or StepStatus.Canceled)
            throw new ScenarioFaultException(IncidentKind.Bug, "CompletedTwice", $"The step \"{step.NodeId}\" was completed twice.");
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

    /// <summary>Ends the case whatever still runs in it.</summary>
    public void End(CaseSubStatus how)
    {
        while (_state.Steps.Count > 0)
            Cancel(_state.Steps[^1]);
        while (_state.Bookmarks.Count > 0)
            Burn(_state.Bookmarks[^1]);
        while (_state.Halted.Count > 0)
            _state.RemoveHalted(_state.Halted[^1]);
        _state.Undo.Add(static (burst, _, _) => ((Burst)burst!).Ended = null, this, null, null);
        Ended = how;
    }

    /// <summary>Ends a step and all within it from outside, with its waits.</summary>
    public void Cancel(ActivityExecutionContext step)
    {
        if (step.Status is StepStatus.Completed or StepStatus.Canceled)
            return;
        RemoveWithin(step);
        var ran = step.Status != StepStatus.Pending;
        _state.RemoveStep(step, StepStatus.Canceled);
        if (ran)
            _journal.AddInStep(step, "Cancelled");
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
    }

    // What sets the burst off

    public async ValueTask StartAsync(CompiledNode? trigger, string? inputJson)
    {
        _resumeInput.Set(inputJson);
        var root = Schedule(null, Scenario.Root);
        root.StartNode = trigger;
        await DrainAsync();
    }

    /// <summary>Goes on at a bookmark; false where the case waits there no more.</summary>
    public async ValueTask<bool> ResumeAsync(Guid bookmarkId, string? inputJson, bool isTimer)
    {
        var bookmark = _state.Bookmarks.Find(open => open.Id == bookmarkId);
        if (bookmark is null || _state.Find(bookmark.StepNumber) is not { } step)
            return false;
        ResumedBy ??= bookmark.Name;

        if (step.Fault is { } fault)
        {
            // The step stands still until a person decides; what comes meanwhile must neither be lost nor overtake it.
            _state.Halted.Add(new HaltedWork(fault.IncidentId, WorkKind.Resume, step.NodeId, bookmarkId, inputJson, isTimer));
            return true;
        }

        await RunStepAsync(step, new StepEntry(bookmark, bookmark.Callback ?? (bookmark.AutoComplete ? StepEntry.Complete : StepEntry.Nothing), inputJson));
        await DrainAsync();
        return true;
    }

    /// <summary>Runs again what an incident stopped; false where nothing stands still for it.</summary>
    public async ValueTask<bool> RetryAsync(Guid incidentId)
    {
        var step = _state.Steps.Find(each => each.Fault?.IncidentId == incidentId);
        if (step?.Fault is { } fault)
        {
            step.Fault = null;
            var held = TakeHalted(incidentId);
            await RunStepAsync(step, new StepEntry(null, fault.Callback, fault.InputJson));
            await DrainAsync();
            foreach (var work in held)
                await RedoAsync(work);
            return true;
        }

        var halted = TakeHalted(incidentId);
        foreach (var work in halted)
            await RedoAsync(work);
        return halted.Count > 0;
    }

    /// <summary>Goes on after the step that an incident stopped, by the given outcome; false where nothing stands still for it.</summary>
    public async ValueTask<bool> SkipAsync(Guid incidentId, string? outcome)
    {
        var halted = TakeHalted(incidentId);
        var step = _state.Steps.Find(each => each.Fault?.IncidentId == incidentId);
        if (step is null)
        {
            if (halted.Exists(work => work.Kind == WorkKind.Start))
                End(CaseSubStatus.Cancelled);
            await DrainAsync();
            return halted.Count > 0;
        }

        step.Fault = null;
        await RunStepAsync(step, new StepEntry(null, StepEntry.Complete, null) { Outcomes = [outcome ?? step.Node.OutcomesOrDone[0]] });
        await DrainAsync();
        return true;
    }

    /// <summary>Lets another incident decide what one decided; the decision on the first could not be carried out.</summary>
    public void Rename(Guid incidentId, Guid next)
    {
        foreach (var step in _state.Steps)
        {
            if (step.Fault is { } fault && fault.IncidentId == incidentId)
                step.Fault = fault with { IncidentId = next };
        }

        for (var index = 0; index < _state.Halted.Count; index++)
        {
            if (_state.Halted[index].IncidentId == incidentId)
                _state.Halted[index] = _state.Halted[index] with { IncidentId = next };
        }
    }

    private List<HaltedWork> TakeHalted(Guid incidentId)
    {
        var taken = _state.Halted.FindAll(work => work.IncidentId == incidentId);
        _state.Halted.RemoveAll(work => work.IncidentId == incidentId);
        return taken;
    }

    private async ValueTask RedoAsync(HaltedWork work)
    {
        if (Ended is not null)
            return;
        if (work.Kind == WorkKind.Start)
            await StartAsync(work.NodeId is null ? null : Scenario.Find(work.NodeId), work.InputJson);
        else if (work.BookmarkId is { } bookmarkId)
            await ResumeAsync(bookmarkId, work.InputJson, work.IsTimer);
    }

    // Running

    private async ValueTask DrainAsync()
    {
        foreach (var step in _state.Steps)
        {
            if (step.Status == StepStatus.Pending && !_queue.Contains(step))
                _queue.Enqueue(step);
        }

        while (_queue.TryDequeue(out var step))
        {
            if (step.Status == StepStatus.Pending)
                await RunStepAsync(step, StepEntry.Run);
        }
    }

    private async ValueTask RunStepAsync(ActivityExecutionContext step, StepEntry entry)
    {
        if (++_stepsRun > _services.Limits.MaxStepsPerBurst)
            throw new BurstBudgetException(step.NodeId, $"The scenario ran {_services.Limits.MaxStepsPerBurst} steps at once and went on; it seems to loop without a wait.");
        if (Stopwatch.GetElapsedTime(_startedAt) > _services.Limits.MaxBurstDuration)
            throw new BurstBudgetException(step.NodeId, $"The scenario ran longer than {_services.Limits.MaxBurstDuration.TotalSeconds:0} seconds at once.");

        var mark = _work.Position;
        var undo = _state.Undo;
        undo.Clear();
        _journal.BeginStep();
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            _state.SetStatus(step, StepStatus.Running);
            if (entry.Bookmark is { AutoBurn: true } bookmark)
                Burn(bookmark);
            if (entry.Bookmark is not null || entry.InputJson is not null)
                _resumeInput.Set(entry.InputJson);
            await EnterAsync(step, entry);
            if (step.Status == StepStatus.Running && !Waits(step))
            {
                if (!step.Node.Activity.CompletesItself)
                    throw new ScenarioFaultException(IncidentKind.Bug, "NeitherEndsNorWaits", $"The step \"{step.NodeId}\" ({step.Node.Activity.Type}) neither completed nor waits for anything.");
                await CompleteAsync(step, step.Node.DefaultOutcomes);
            }

            _journal.EndStep(step, entry.WhatHappened(step), startedAt);
        }
        catch (Exception exception) when (!IsPassing(exception))
        {
            _work.CutBack(mark);
            undo.TakeBack();
            Stop(step, entry, exception, startedAt);
        }
    }

    private async ValueTask EnterAsync(ActivityExecutionContext step, StepEntry entry)
    {
        switch (entry.Callback)
        {
            case StepEntry.Complete:
                await CompleteAsync(step, entry.Outcomes ?? step.Node.DefaultOutcomes);
                break;
            case StepEntry.Nothing:
                break;
            case null:
                await EvaluateInputsAsync(step);
                await step.Node.Activity.RunAsync(step);
                break;
            default:
                var callback = step.Node.Callback(entry.Callback) ?? throw MissingCallback(step, entry.Callback);
                await EvaluateInputsAsync(step);
                await callback(step);
                break;
        }
    }

    private async ValueTask EvaluateInputsAsync(ActivityExecutionContext step)
    {
        var inputs = step.Node.Inputs;
        if (inputs.Length == 0)
            return;
        await Scope.FetchRootsAsync(step.Node.Roots);
        var values = new object?[inputs.Length];
        for (var index = 0; index < inputs.Length; index++)
        {
            var input = inputs[index];
            try
            {
                values[index] = input.Input.Convert(input.Expression.Evaluate(Scope));
            }
            catch (Exception exception) when (exception is ExpressionException or FormatException)
            {
                throw new ScenarioFaultException(IncidentKind.Data, "InputHasNoValue", $"The input \"{input.Input.Name}\" of the step \"{step.NodeId}\" has no value: {exception.Message}", exception);
            }
        }

        step.InputValues = values;
    }

    /// <summary>Evaluates an expression that is not one of the form's inputs, for a running step.</summary>
    public async ValueTask<object?> EvaluateAsync(CompiledExpression expression)
    {
        await Scope.FetchRootsAsync(expression.Roots);
        return expression.Evaluate(Scope);
    }

    private bool Waits(ActivityExecutionContext step)
    {
        foreach (var bookmark in _state.Bookmarks)
        {
            if (bookmark.StepNumber == step.Number)
                return true;
        }

        foreach (var other in _state.Steps)
        {
            if (other.OwnerNumber == step.Number)
                return true;
        }

        return false;
    }

    private void Stop(ActivityExecutionContext step, StepEntry entry, Exception exception, long startedAt)
    {
        var incident = FaultTranslation.IncidentOf(exception, _services.FaultClassifier, _case, step, Now);
        if (entry.Bookmark is { AutoBurn: true } bookmark && _state.Bookmarks.Contains(bookmark))
            Burn(bookmark);
        step.Status = StepStatus.Faulted;
        step.Fault = new StepFault(incident.Id, entry.Callback, entry.InputJson);
        _work.Append(new IncidentRaised(incident));
        _journal.FailStep(step, incident.Message, startedAt);
    }

    /// <summary>Whether trying the whole burst again is the answer, rather than a person.</summary>
    private bool IsPassing(Exception exception) =>
        exception is BurstBudgetException or RevisionConflictException or LeaseLostException
        || (exception is OperationCanceledException && CancellationToken.IsCancellationRequested)
        || exception is System.Data.Common.DbException;

    private static ScenarioFaultException MissingCallback(ActivityExecutionContext step, string method) =>
        new(IncidentKind.Bug, "MissingCallback", $"The step \"{step.NodeId}\" waits to go on at the method {method}, which {step.Node.Blueprint.Type.FullName} no longer has.");

    private BurstScope Scope => _scope ??= new BurstScope(this, _resumeInput, _services.Roots);
}
