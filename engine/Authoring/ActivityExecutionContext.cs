using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>One run of one step in one case: what the step reads, leaves behind, asks for and waits for.</summary>
public sealed class ActivityExecutionContext
{
    private const string CorrectedKey = "@inputs";

    private readonly Burst _burst;
    private Dictionary<string, object?>? _journalData;

    internal ActivityExecutionContext(Burst burst, CompiledNode node, int number, int ownerNumber)
    {
        _burst = burst;
        Node = node;
        Number = number;
        OwnerNumber = ownerNumber;
    }

    /// <summary>The identity of this run of the step, the same however often the burst is tried again.</summary>
    public string Id => field ??= string.Create(CultureInfo.InvariantCulture, $"{_burst.CaseId:N}-{Number}");

    /// <summary>The step.</summary>
    public IActivity Activity => Node.Activity;

    /// <summary>The step's identity in its scenario.</summary>
    public string NodeId => Node.Id;

    /// <summary>The running case.</summary>
    public WorkflowExecutionContext WorkflowExecutionContext => _burst.Workflow;

    /// <summary>Ends the work early.</summary>
    public CancellationToken CancellationToken => _burst.CancellationToken;

    /// <summary>Values the step shows in the journal, by name.</summary>
    public IDictionary<string, object?> JournalData => _journalData ??= [];

    internal CompiledNode Node { get; }

    internal int Number { get; }

    internal int OwnerNumber { get; }

    internal StepStatus Status { get; set; }

    internal string? CompletionCallback { get; set; }

    internal Dictionary<string, object?>? Properties { get; set; }

    internal object?[]? InputValues { get; set; }

    internal IReadOnlyList<string> Outcomes { get; set; } = [];

    /// <summary>Whether a person chose its outcomes.</summary>
    internal bool IsDecided { get; set; }

    internal string? Message { get; set; }

    internal Dictionary<string, object?>? JournalDataOrNull => _journalData;

    /// <summary>What it left behind, in the order it did; a later value of a name takes the place of an earlier one.</summary>
    internal List<KeyValuePair<string, object?>>? OutputValues { get; set; }

    /// <summary>Why it stands still; null where it does not.</summary>
    internal StepFault? Fault { get; set; }

    /// <summary>For a frame that starts a case: the trigger inside it that was hit.</summary>
    internal CompiledNode? StartNode { get; set; }

    /// <summary>Whether the case began here, by the step's own stimulus.</summary>
    internal bool StartsCase { get; set; }

    internal Burst Burst => _burst;

    /// <summary>The value of an input; the default where there is none.</summary>
    public T? Get<T>(Input<T>? input) => input is null ? default : input.GetOrDefault(this);

    /// <summary>Leaves a value behind under an output, and in the variable it is bound to.</summary>
    public void Set<T>(Output<T>? output, T? value)
    {
        if (output is not null)
            _burst.SetOutput(this, output, value);
    }

    /// <summary>Leaves the step's result behind.</summary>
    public void SetResult(object? value)
    {
        if (Node.ResultOutput is not { } output)
            return;
        var isKeptAsItIs = value is Expressions.JsonFragment && output.ValueType == typeof(object);
        _burst.SetOutput(this, output, isKeptAsItIs ? value : Expressions.ValueConversion.To(value, output.ValueType));
    }

    /// <summary>A service of the case's tenant.</summary>
    public T GetRequiredService<T>() where T : notnull => _burst.Services.GetRequiredService<T>();

    /// <summary>A service of the case's tenant, or null.</summary>
    public T? GetService<T>() => _burst.Services.GetService<T>();

    /// <summary>The value of a variable of the case; the default where it has none.</summary>
    public T? GetVariable<T>(string name) => _burst.GetVariable<T>(name);

    /// <summary>Sets a variable of the case; one that the scenario does not declare comes to be.</summary>
    public void SetVariable(string name, object? value) => _burst.SetVariable(name, value);

    /// <summary>A value this run of the step kept for its later methods; the default where it kept none.</summary>
    public T? GetProperty<T>(string key) =>
        Properties is not null && Properties.TryGetValue(key, out var value) ? Expressions.ValueConversion.To<T>(value) : default;

    /// <summary>Keeps a value for later methods of this run of the step.</summary>
    public void SetProperty<T>(string key, T? value) => _burst.SetProperty(this, key, value);

    /// <summary>A named value of what resumed the case; where it brought none, of what started it.</summary>
    public T? GetWorkflowInput<T>(string name) => _burst.GetInput<T>(name);

    /// <summary>Whether the case began at this step, so that what it waits for has happened.</summary>
    public bool IsTriggerOfWorkflow() => StartsCase;

    /// <summary>A sentence in the journal.</summary>
    public void AddExecutionLogEntry(string eventName, string? message = null) =>
        Message = Message is null ? message ?? eventName : $"{Message} {message ?? eventName}";

    /// <summary>Waits for a stimulus meant for this very run of the step: its payload is hashed together with <see cref="Id"/>.</summary>
    public void CreateBookmark(object? stimulus, ExecuteActivityDelegate? callback = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Callback = callback, IncludeActivityInstanceId = true });

    /// <summary>Waits until something resumes this very run of the step.</summary>
    public void CreateBookmark(ExecuteActivityDelegate? callback = null) =>
        CreateBookmark(new CreateBookmarkArgs { Callback = callback, IncludeActivityInstanceId = true });

    /// <summary>Waits for a stimulus.</summary>
    public void CreateBookmark(CreateBookmarkArgs options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.BookmarkName ?? Node.Activity.Type;
        var payload = options.IncludeActivityInstanceId ? new InstanceStimulus(options.Stimulus, Id) : options.Stimulus;
        _burst.Wait(this, name, StimulusHash.Of(name, payload), options.Callback, null, options.AutoBurn, options.AutoComplete);
    }

    /// <summary>Waits for a span of business time.</summary>
    public void DelayFor(TimeSpan delay, ExecuteActivityDelegate? callback = null) => DelayUntil(_burst.Now + delay, callback);

    /// <summary>Waits until a business instant; one that has passed fires at once.</summary>
    public void DelayUntil(DateTimeOffset resumeAt, ExecuteActivityDelegate? callback = null) =>
        _burst.Wait(this, "Delay", null, callback, resumeAt.ToUniversalTime(), autoBurn: true, autoComplete: true);

    /// <summary>Ends the step by its one outcome, <c>Done</c>.</summary>
    public ValueTask CompleteActivityAsync() => _burst.CompleteAsync(this, Node.DefaultOutcomes);

    /// <summary>Ends the step by the given outcomes.</summary>
    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => _burst.CompleteAsync(this, outcomes);

    /// <summary>Runs an activity embedded in this one; the callback (a method of this activity) hears of its end.</summary>
    public ValueTask ScheduleActivityAsync(IActivity? activity, ActivityCompletionCallback? callback = null) =>
        _burst.ScheduleAsync(this, activity, callback);

    /// <summary>Gives inputs of this run other values than those drawn; a person who decided an incident did so.</summary>
    internal void Correct(JsonElement inputs)
    {
        var corrected = Corrected ?? [];
        foreach (var input in inputs.EnumerateObject())
            corrected[input.Name] = input.Value;
        SetProperty(CorrectedKey, corrected);
        AddExecutionLogEntry("InputsCorrected", $"Tried again with other values for {string.Join(", ", inputs.EnumerateObject().Select(input => input.Name))}.");
    }

    /// <summary>The value that a person gave an input of this run instead of the one drawn.</summary>
    internal bool TryGetCorrected(string inputName, out object? value)
    {
        value = null;
        if (Properties is null || !Properties.ContainsKey(CorrectedKey) || Corrected is not { } corrected || !corrected.TryGetValue(inputName, out var given))
            return false;
        value = given;
        return true;
    }

    private Dictionary<string, JsonElement>? Corrected => GetProperty<Dictionary<string, JsonElement>>(CorrectedKey);

    internal object? InputValue(int slot) => slot >= 0 && InputValues is not null ? InputValues[slot] : null;

    private sealed record InstanceStimulus(object? Stimulus, string ActivityInstanceId);
}
