using System.Globalization;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>What a case remembers between bursts. Every change during a step is noted in the undo log.</summary>
internal sealed class CaseState
{
    /// <summary>Stands between a step and a round in the keys of <see cref="StepOutputs"/>.</summary>
    public const char OfRound = '\u001f';

    private static readonly object Missing = new();
    private static readonly object[] Statuses = [.. Enum.GetValues<StepStatus>().Cast<object>()];
    private static readonly object[] Places = [.. Enumerable.Range(0, 32).Cast<object>()];

    public UndoLog Undo { get; } = new();

    /// <summary>The number the next run of a step gets.</summary>
    public int NextNumber { get; set; } = 1;

    /// <summary>Values of variables, by identity.</summary>
    public Dictionary<string, object?> Variables { get; } = [];

    /// <summary>What steps left behind, as far as expressions read it.</summary>
    public Dictionary<string, Dictionary<string, object?>> StepOutputs => field ??= [];

    /// <summary>Runs of steps that have not ended.</summary>
    public List<ActivityExecutionContext> Steps { get; } = [];

    /// <summary>Where the case waits, oldest first.</summary>
    public List<OpenBookmark> Bookmarks { get; } = [];

    /// <summary>Work that stands still until an incident is decided.</summary>
    public List<HaltedWork> Halted { get; } = [];

    /// <summary>What came while a person had the case paused, in its order.</summary>
    public List<HeldWork> Held { get; } = [];

    /// <summary>What started the case.</summary>
    public ReadOnlyMemory<byte> StartInput { get; set; }

    public ActivityExecutionContext? Find(int number)
    {
        foreach (var step in Steps)
        {
            if (step.Number == number)
                return step;
        }

        return null;
    }

    public void AddStep(ActivityExecutionContext step)
    {
        Steps.Add(step);
        Undo.Add(static (state, added, _) =>
        {
            ((ActivityExecutionContext)added!).Status = StepStatus.Canceled;
            ((CaseState)state!).Steps.Remove((ActivityExecutionContext)added);
        }, this, step, null);
    }

    /// <summary>Takes a step out, as completed or cancelled.</summary>
    public void RemoveStep(ActivityExecutionContext step, StepStatus status)
    {
        var index = Steps.IndexOf(step);
        Steps.RemoveAt(index);
        Undo.Add(static (state, removed, at) => ((CaseState)state!).Steps.Insert((int)at!, (ActivityExecutionContext)removed!), this, step, Place(index));
        SetStatus(step, status);
        if (Loops.IsRound(step))
            ForgetRound(step.Number);
    }

    /// <summary>Under which key a round of a loop side by side keeps what a step left in it.</summary>
    public static string KeyInRound(string nodeId, int round) => string.Create(CultureInfo.InvariantCulture, $"{nodeId}{OfRound}{round}");

    private void ForgetRound(int round)
    {
        var end = KeyInRound("", round);
        foreach (var key in StepOutputs.Keys.Where(key => key.EndsWith(end, StringComparison.Ordinal)).ToArray())
        {
            Undo.Add(static (outputs, name, kept) => ((Dictionary<string, Dictionary<string, object?>>)outputs!)[(string)name!] = (Dictionary<string, object?>)kept!, StepOutputs, key, StepOutputs[key]);
            StepOutputs.Remove(key);
        }
    }

    public void SetStatus(ActivityExecutionContext step, StepStatus status)
    {
        Undo.Add(static (target, _, old) => ((ActivityExecutionContext)target!).Status = (StepStatus)old!, step, null, Statuses[(int)step.Status]);
        step.Status = status;
    }

    public void SetVariable(string id, object? value) => Set(Variables, id, value);

    public void SetProperty(ActivityExecutionContext step, string key, object? value) => Set(step.Properties ??= [], key, value);

    public void SetStepOutput(string nodeId, string name, object? value)
    {
        if (!StepOutputs.TryGetValue(nodeId, out var outputs))
            StepOutputs[nodeId] = outputs = [];
        Set(outputs, name, value);
    }

    public void AddBookmark(OpenBookmark bookmark)
    {
        Bookmarks.Add(bookmark);
        Undo.Add(static (state, added, _) => ((CaseState)state!).Bookmarks.Remove((OpenBookmark)added!), this, bookmark, null);
    }

    public void RemoveBookmark(OpenBookmark bookmark)
    {
        var index = Bookmarks.IndexOf(bookmark);
        Bookmarks.RemoveAt(index);
        Undo.Add(static (state, removed, at) => ((CaseState)state!).Bookmarks.Insert((int)at!, (OpenBookmark)removed!), this, bookmark, Place(index));
    }

    public void RemoveHalted(HaltedWork work)
    {
        var index = Halted.IndexOf(work);
        Halted.RemoveAt(index);
        Undo.Add(static (state, removed, at) => ((CaseState)state!).Halted.Insert((int)at!, (HaltedWork)removed!), this, work, Place(index));
    }

    private void Set(Dictionary<string, object?> values, string key, object? value)
    {
        var old = values.TryGetValue(key, out var present) ? present : Missing;
        Undo.Add(static (target, name, before) =>
        {
            var dictionary = (Dictionary<string, object?>)target!;
            if (ReferenceEquals(before, Missing))
                dictionary.Remove((string)name!);
            else
                dictionary[(string)name!] = before;
        }, values, key, old);
        values[key] = value is string or null ? value : Frozen(value);
    }

    private static object Place(int index) => index < Places.Length ? Places[index] : index;

    /// <summary>A value as it is now: what a step changes in its own object later is not the case's.</summary>
    private static object Frozen(object value) =>
        value.GetType().IsValueType || value is JsonFragment ? value : StateJson.Freeze(value);
}

/// <summary>A place where the case waits, as its state remembers it.</summary>
internal sealed record OpenBookmark(Guid Id, int StepNumber, string Name, string? Callback, DateTimeOffset? DueAt, DateTimeOffset CreatedAt, bool AutoBurn, bool AutoComplete);

/// <summary>Work that could not be done; the decision of its incident does or drops it.</summary>
internal sealed record HaltedWork(Guid IncidentId, WorkKind Kind, string? NodeId, Guid? BookmarkId, string? InputJson, bool IsTimer);

/// <summary>Work that came while the case was paused; done when it goes on.</summary>
internal sealed record HeldWork(WorkKind Kind, Guid? BookmarkId, Guid? IncidentId, string? InputJson, bool IsTimer);
