using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>What sets a burst off: a start, a hit wait, a decision on an incident.</summary>
internal sealed partial class Burst
{
    /// <summary>Begins the case, with the input that its state keeps: at a trigger, which has come then; where none is named (a person or another case starts it), where it is drawn to begin.</summary>
    public async ValueTask StartAsync(CompiledNode? trigger)
    {
        var root = Schedule(null, Scenario.Root);
        root.StartNode = trigger ?? Scenario.OwnTrigger;
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

    /// <summary>Runs again what an incident stopped, with other values for inputs of the failed step where they are given; false where nothing stands still for it.</summary>
    public async ValueTask<bool> RetryAsync(Guid incidentId, string? inputJson)
    {
        // A decision that could not be carried out is what is tried again, unless this one says otherwise.
        if (inputJson is null && _state.Halted.Find(work => work.IncidentId == incidentId && work.Kind is WorkKind.Retry or WorkKind.Skip) is { } decided)
        {
            _state.Halted.Remove(decided);
            return decided.Kind == WorkKind.Skip ? await SkipAsync(incidentId, decided.InputJson) : await RetryAsync(incidentId, decided.InputJson);
        }

        var step = _state.Steps.Find(each => each.Fault?.IncidentId == incidentId);
        if (step?.Fault is { } fault)
        {
            step.Fault = null;
            Scope.Resumed = CaseInput.None;
            if (MemberIn(inputJson, "inputs") is { } inputs)
                step.Correct(inputs);
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

    /// <summary>
    /// Goes on after the step that an incident stopped, by the outcome in the input, else its only one; false where nothing stands
    /// still for it. The clock of a scenario passes over the time that failed, and waits for the next.
    /// </summary>
    public async ValueTask<bool> SkipAsync(Guid incidentId, string? inputJson)
    {
        var outcome = MemberIn(inputJson, "outcome") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
        var halted = TakeHalted(incidentId);
        var step = _state.Steps.Find(each => each.Fault?.IncidentId == incidentId);
        if (step is null)
        {
            if (halted.Exists(work => work.Kind is WorkKind.Start or WorkKind.Cancel))
                End(CaseSubStatus.Cancelled);
            foreach (var work in halted)
                await EndWaitAsync(work, outcome);
            if (!IsPaused)
                await DrainAsync();
            return halted.Count > 0;
        }

        var input = step.Fault?.InputJson;
        step.Fault = null;
        Scope.Resumed = CaseInput.None;
        await RunStepAsync(step, IsClock ? StepEntry.Run : new StepEntry(null, StepEntry.Complete, input) { Outcomes = [OutcomeOf(step, outcome)] });
        await DrainAsync();
        return true;
    }

    /// <summary>The step that failed with an incident; null where none did.</summary>
    public CompiledNode? Failed(Guid incidentId) => _state.Steps.Find(each => each.Fault?.IncidentId == incidentId)?.Node;

    /// <summary>The step that is skipped with an incident, and the outcomes it can leave by; null where none is.</summary>
    public (string NodeId, IReadOnlyList<string> Outcomes)? Skippable(Guid incidentId)
    {
        var step = _state.Steps.Find(each => each.Fault?.IncidentId == incidentId);
        if (step is null && _state.Halted.Find(work => work.IncidentId == incidentId && work.Kind == WorkKind.Resume) is { } work && _state.Bookmarks.Find(open => open.Id == work.BookmarkId) is { } wait)
            step = _state.Find(wait.StepNumber);
        return step is null ? null : (step.NodeId, step.Node.OutcomesOrDone);
    }

    // What hit the wait is not to be done, and does not come again (a timer fires once): the step that waited ends.
    // Where it waits for something else too, it goes on waiting for that, unless an outcome is named.
    private async ValueTask EndWaitAsync(HaltedWork work, string? outcome)
    {
        if (work.Kind != WorkKind.Resume || _state.Bookmarks.Find(open => open.Id == work.BookmarkId) is not { } wait || _state.Find(wait.StepNumber) is not { Fault: null } step)
            return;
        if (IsClock)
            await RunStepAsync(step, StepEntry.Run with { Bookmark = wait });
        else if (outcome is not null || (wait.AutoBurn && !_state.Bookmarks.Exists(other => other.StepNumber == step.Number && other.Id != wait.Id)))
            await RunStepAsync(step, new StepEntry(wait, StepEntry.Complete, work.InputJson) { Outcomes = [OutcomeOf(step, outcome)] });
        else if (wait.AutoBurn)
            Burn(wait);
    }

    /// <summary>The outcome by which a skipped step is left; it is never guessed.</summary>
    private static string OutcomeOf(ActivityExecutionContext step, string? outcome)
    {
        var outcomes = step.Node.OutcomesOrDone;
        if (outcome is null && outcomes.Count == 1)
            return outcomes[0];
        return outcome is not null && outcomes.Contains(outcome)
            ? outcome
            : throw new ScenarioFaultException(IncidentKind.Data, FaultCauses.NoSuchOutcome, $"The step \"{step.NodeId}\" cannot be left by {(outcome is null ? "no outcome" : $"\"{outcome}\"")}; it has {string.Join(", ", outcomes)}.");
    }

    /// <summary>Goes on after the state came from another version: steps that begin there run, and joins that wait for nothing more.</summary>
    public async ValueTask GoOnAsync(IReadOnlyList<BegunStep> begun)
    {
        foreach (var step in begun)
        {
            var run = Schedule(_state.Find(step.Owner), step.Step, step.CompletionCallback);
            foreach (var (name, value) in step.Round)
                run.SetProperty(name, value);
        }

        foreach (var step in _state.Steps.ToArray())
            step.Node.Activity.AfterMigration(step);
        await DrainAsync();
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

    /// <summary>A member of what came with a decision; null where there is none.</summary>
    private static JsonElement? MemberIn(string? inputJson, string name)
    {
        if (inputJson is null)
            return null;
        using var json = JsonDocument.Parse(inputJson);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
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
            await StartAsync(work.NodeId is null ? null : Scenario.Find(work.NodeId));
        else if (work.Kind == WorkKind.Continue)
            await ContinueAsync();
        else if (work.Kind == WorkKind.Cancel)
            End(CaseSubStatus.Cancelled);
        else if (work.BookmarkId is { } bookmarkId)
            await ResumeAsync(bookmarkId, work.InputJson, work.IsTimer);
    }
}
