using System.Diagnostics;
using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Collects what the steps of a burst did; frames around steps are left out.</summary>
internal sealed class BurstJournal(EngineLimits limits)
{
    private static readonly Dictionary<string, string?> NoValues = [];
    private readonly List<StepRecord> _steps = [];
    private int _mark;

    public IReadOnlyList<StepRecord> Steps => _steps;

    public void BeginStep() => _mark = _steps.Count;

    public void EndStep(ActivityExecutionContext step, string what, long startedAt)
    {
        if (!step.Node.Activity.IsFrame)
            _steps.Insert(_mark, Record(step, what, step.Message, ValuesOf(step), startedAt));
    }

    public void AddInStep(ActivityExecutionContext step, string what, string? message)
    {
        if (!step.Node.Activity.IsFrame)
            _steps.Add(Record(step, what, message, NoValues, Stopwatch.GetTimestamp()));
    }

    public void FailStep(ActivityExecutionContext step, string message, long startedAt)
    {
        _steps.RemoveRange(_mark, _steps.Count - _mark);
        _steps.Add(Record(step, "Faulted", message, ValuesOf(step), startedAt));
    }

    private static StepRecord Record(ActivityExecutionContext step, string what, string? message, Dictionary<string, string?> values, long startedAt) => new()
    {
        NodeId = step.NodeId,
        ActivityType = step.Node.Activity.Type,
        ActivityInstanceId = step.Id,
        What = what,
        Outcomes = what == "Completed" ? step.Outcomes : [],
        Values = values,
        Message = message,
        DurationMicroseconds = (long)Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds,
    };

    private Dictionary<string, string?> ValuesOf(ActivityExecutionContext step)
    {
        Dictionary<string, string?>? values = null;
        if (step.InputValues is { } inputs)
        {
            for (var index = 0; index < inputs.Length; index++)
            {
                var input = step.Node.Inputs[index];
                (values ??= [])[input.Input.Name] = input.IsSensitive ? "\"***\"" : Text(inputs[index]);
            }
        }

        foreach (var (name, value) in step.OutputValues ?? [])
            (values ??= [])[name] = Text(value);
        foreach (var (name, value) in step.JournalDataOrNull ?? [])
            (values ??= [])[name] = Text(value);
        return values ?? NoValues;
    }

    private string? Text(object? value)
    {
        if (value is null)
            return null;
        var text = value is JsonElement element ? element.GetRawText() : JsonSerializer.Serialize(value, value.GetType(), EngineJson.Options);
        return limits.CutForJournal(text);
    }
}
