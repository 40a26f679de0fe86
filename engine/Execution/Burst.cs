using System.Diagnostics;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>
/// All that one stimulus sets off in a case, until nothing can go on. What it changes stands in the unit of work and in
/// the case's state; a step that fails is taken out of both, and becomes an incident.
/// </summary>
internal sealed partial class Burst
{
    private readonly CaseState _state = new();
    private readonly IEngineUnitOfWork _work;
    private readonly BurstServices _services;
    private readonly Queue<ActivityExecutionContext> _queue = new();
    private readonly BurstJournal _journal;
    private CaseRecord _case;
    private BurstScope? _scope;
    private long _lastStepEndedAt;
    private int _stepsRun;
    private int _rounds;
    private long _startedAt = Stopwatch.GetTimestamp();

    public Burst(CompiledScenario scenario, CaseRecord @case, IEngineUnitOfWork work, BurstServices services, CancellationToken cancellationToken)
    {
        Scenario = scenario;
        _case = @case;
        _work = work;
        _services = services;
        _journal = new BurstJournal(services.Limits);
        CancellationToken = cancellationToken;
        Now = services.Clock.GetUtcNow();
        _lastStepEndedAt = _startedAt;
        StateReader.Read(@case.State, this, _state);
    }

    public CompiledScenario Scenario { get; }

    public CancellationToken CancellationToken { get; }

    public WorkflowExecutionContext Workflow => field ??= new WorkflowExecutionContext(this);

    /// <summary>Business time, one instant for the whole burst.</summary>
    public DateTimeOffset Now { get; }

    public Guid CaseId => _case.Id;

    public string? CorrelationId => _case.CorrelationId;

    public IServiceProvider Services => _services.Provider;

    public CaseState State => _state;

    public EngineLimits Limits => _services.Limits;

    public CaseRecord Case => _case;

    public BurstJournal Journal => _journal;

    // The run of each loop that rounds were granted to.
    private Dictionary<(string NodeId, int Owner), int> GrantedLoops => field ??= [];

    /// <summary>The name of the wait that was hit; null where none was.</summary>
    public string? ResumedBy { get; private set; }

    /// <summary>How the case ended in this burst; null while it goes on.</summary>
    public CaseSubStatus? Ended { get; private set; }

    public void SetCorrelationId(string? value)
    {
        _state.Undo.Add(static (burst, _, old) => ((Burst)burst!)._case = (CaseRecord)old!, this, null, _case);
        _case = _case with { CorrelationId = value };
    }

    public T? GetVariable<T>(string name) => ValueConversion.To<T>(Scope.Variable(Scenario.VariableId(name)));

    public void SetVariable(string name, object? value) => SetVariableById(Scenario.VariableId(name), value);

    private void SetVariableById(string id, object? value)
    {
        var type = Scenario.VariablesById.TryGetValue(id, out var declared) ? declared.ValueType : typeof(object);
        _state.SetVariable(id, DeclaredTypes.Give(value, type));
    }

    public void SetProperty(ActivityExecutionContext step, string key, object? value) => _state.SetProperty(step, key, value);

    /// <summary>Tells other cases of something, with what this burst commits.</summary>
    public void Raise(Stimulus stimulus) => _work.Append(new StimulusRaised(stimulus));

    public T? GetInput<T>(string name) => ValueConversion.To<T>(Scope.Input(name));

    /// <summary>All that came with the start or the resume, as a JSON object.</summary>
    public JsonFragment AllInput() => Scope.Latest.Whole();

    public void SetOutput(ActivityExecutionContext step, Output output, object? value)
    {
        if (output.VariableId is { } variable)
            SetVariableById(variable, value);
        (step.OutputValues ??= new(1)).Add(new(output.Name, value));
        if (!step.Node.KeepsOutputs)
            return;
        value = KeptKinds.HoldsAnything(output.ValueType) ? KeptKinds.Keep(value) : value;
        _state.SetStepOutput(step.NodeId, output.Name, value);
        for (var round = Loops.RoundBesideOthers(step); round is not null; round = Loops.RoundBesideOthers(_state.Find(round.OwnerNumber)))
            _state.SetStepOutput(CaseState.KeyInRound(step.NodeId, round.Number), output.Name, value);
    }

    /// <summary>
    /// A loop over items ends by itself: each of its rounds may do as many steps as a burst without one. One that a way back
    /// leads to again, within the same step around it, gets no more.
    /// </summary>
    public void AllowRound(ActivityExecutionContext loop)
    {
        if (GrantedLoops.TryAdd((loop.NodeId, loop.OwnerNumber), loop.Number) || GrantedLoops[(loop.NodeId, loop.OwnerNumber)] == loop.Number)
            _rounds++;
    }

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
        if (++_stepsRun > _services.Limits.MaxStepsPerBurst * (1L + _rounds))
            throw new BurstBudgetException(step.NodeId, $"The scenario ran {_stepsRun - 1} steps at once and went on; it seems to loop without a wait.");
        var startedAt = _lastStepEndedAt;
        if (Stopwatch.GetElapsedTime(_startedAt, startedAt) > _services.Limits.MaxBurstDuration)
            throw new BurstBudgetException(step.NodeId, $"The scenario ran longer than {_services.Limits.MaxBurstDuration.TotalSeconds:0} seconds at once.") { MayPass = true };

        var mark = _work.Position;
        var undo = _state.Undo;
        undo.Clear();
        _journal.BeginStep();
        try
        {
            _state.SetStatus(step, StepStatus.Running);
            if (entry.Bookmark is { AutoBurn: true } bookmark)
                Burn(bookmark);
            if (entry.Resumes)
                Scope.Resumed = CaseInput.Of(entry.InputJson);
            await EnterAsync(step, entry);
            if (step.Status == StepStatus.Running && !Waits(step))
            {
                if (!step.Node.Activity.CompletesItself)
                    throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.NeitherEndsNorWaits, $"The step \"{step.NodeId}\" ({step.Node.Activity.Type}) neither completed nor waits for anything.");
                await CompleteAsync(step, step.Node.DefaultOutcomes);
            }

            _lastStepEndedAt = Stopwatch.GetTimestamp();
            _journal.EndStep(step, entry.WhatHappened(step), Stopwatch.GetElapsedTime(startedAt, _lastStepEndedAt));
        }
        catch (Exception exception) when (!IsPassing(exception))
        {
            _work.CutBack(mark);
            undo.TakeBack();
            _lastStepEndedAt = Stopwatch.GetTimestamp();
            Stop(step, entry, exception, Stopwatch.GetElapsedTime(startedAt, _lastStepEndedAt));
        }
        catch (Exception exception) when (StoreFailure.Is(exception))
        {
            // A database of the step's own fails as the store does: where no try helps, people must know which step it was.
            StoreFailure.SetStep(exception, step.NodeId);
            throw;
        }
    }

    private async ValueTask EnterAsync(ActivityExecutionContext step, StepEntry entry)
    {
        // What an activity waited for must not pass as done while the activity itself is gone; a person may decide so.
        if (step.Node.Activity is Placeholder missing && entry.Outcomes is null)
            throw missing.NotInstalled();
        switch (entry.Callback)
        {
            case StepEntry.Complete:
                step.IsDecided = entry.Outcomes is not null;
                await CompleteAsync(step, entry.Outcomes ?? step.Node.DefaultOutcomes);
                break;
            case StepEntry.Nothing:
                break;
            case null:
                if (step.Node.Activity is not ILoop loop || !loop.HasTaken(step))
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

    /// <summary>Gives a step's inputs their values as they are now.</summary>
    private async ValueTask EvaluateInputsAsync(ActivityExecutionContext step)
    {
        Scope.Step = step;
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
                values[index] = input.Input.Convert(step.TryGetCorrected(input.Input.Name, out var corrected) ? corrected : input.Expression.Evaluate(Scope));
            }
            catch (Exception exception) when (exception is ExpressionException or FormatException)
            {
                throw HasNoValue(input.Input.Name, step.NodeId, exception);
            }
        }

        step.InputValues = values;
    }

    /// <summary>Evaluates an expression that is not one of the form's inputs, for the running step.</summary>
    /// <param name="name">What the expression is called where it has no value.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="type">What its value is wanted for.</param>
    public async ValueTask<object> EvaluateAsync(string name, CompiledExpression expression, Type type)
    {
        await Scope.FetchRootsAsync(expression.Roots);
        try
        {
            return ValueConversion.To(expression.Evaluate(Scope), type) ?? throw new FormatException("It is empty.");
        }
        catch (Exception exception) when (exception is ExpressionException or FormatException)
        {
            throw HasNoValue(name, Scope.Step?.NodeId, exception);
        }
    }

    private static ScenarioFaultException HasNoValue(string input, string? nodeId, Exception exception) =>
        new(IncidentKind.Data, FaultCauses.InputHasNoValue, $"The input \"{input}\" of the step \"{nodeId}\" has no value: {exception.Message}", exception);

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

    private void Stop(ActivityExecutionContext step, StepEntry entry, Exception exception, TimeSpan took)
    {
        var incident = FaultTranslation.IncidentOf(exception, _services.FaultClassifier, _case, step, Now);
        if (entry.Bookmark is { AutoBurn: true } bookmark && _state.Bookmarks.Contains(bookmark))
            Burn(bookmark);
        step.Status = StepStatus.Faulted;
        step.Fault = new StepFault(incident.Id, entry.Callback, entry.Resumes ? entry.InputJson : Scope.Resumed.Json);
        _work.Append(new IncidentRaised(incident));
        _journal.FailStep(step, incident.Message, took);
    }

    /// <summary>Whether trying the whole burst again is the answer, rather than a person.</summary>
    private bool IsPassing(Exception exception) =>
        exception is BurstBudgetException or RevisionConflictException or LeaseLostException
        || (exception is OperationCanceledException && CancellationToken.IsCancellationRequested)
        || StoreFailure.Is(exception);

    private static ScenarioFaultException MissingCallback(ActivityExecutionContext step, string method) =>
        new(IncidentKind.Bug, FaultCauses.MissingCallback, $"The step \"{step.NodeId}\" waits to go on at the method {method}, which {step.Node.Blueprint.Type.FullName} no longer has.");

    private BurstScope Scope => _scope ??= new BurstScope(this, _services.Roots);
}
