using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Collects what the steps of a burst did; frames around steps are left out.</summary>
internal sealed class BurstJournal(EngineLimits limits)
{
    private readonly List<StepRecord> _steps = new(8);
    private int _mark;

    public IReadOnlyList<StepRecord> Steps => _steps;

    public void BeginStep() => _mark = _steps.Count;

    public void EndStep(ActivityExecutionContext step, string what, TimeSpan took)
    {
        if (!step.Node.Activity.IsFrame)
            _steps.Insert(_mark, Record(step, what, step.Message, ValuesOf(step), took));
    }

    public void AddInStep(ActivityExecutionContext step, string what, string? message)
    {
        if (!step.Node.Activity.IsFrame)
            _steps.Add(Record(step, what, message, StepValues.None, TimeSpan.Zero));
    }

    public void FailStep(ActivityExecutionContext step, string message, TimeSpan took)
    {
        _steps.RemoveRange(_mark, _steps.Count - _mark);
        _steps.Add(Record(step, "Faulted", message, ValuesOf(step), took));
    }

    private static StepRecord Record(ActivityExecutionContext step, string what, string? message, StepValues values, TimeSpan took) => new()
    {
        NodeId = step.NodeId,
        ActivityType = step.Node.Activity.Type,
        ActivityInstanceId = step.Id,
        What = what,
        Outcomes = what == "Completed" ? step.Outcomes : [],
        Values = values,
        Message = message,
        DurationMicroseconds = (long)took.TotalMicroseconds,
    };

    private StepValues ValuesOf(ActivityExecutionContext step)
    {
        var count = (step.InputValues?.Length ?? 0) + (step.OutputValues?.Count ?? 0) + (step.JournalDataOrNull?.Count ?? 0);
        if (count == 0)
            return StepValues.None;
        var values = new StepValues(count);
        if (step.InputValues is { } inputs)
        {
            for (var index = 0; index < inputs.Length; index++)
            {
                var input = step.Node.Inputs[index];
                values.Set(input.Input.Name, input.IsSensitive ? "\"***\"" : Text(inputs[index]));
            }
        }

        if (step.OutputValues is { } outputs)
        {
            foreach (var (name, value) in outputs)
                values.Set(name, Text(value));
        }

        if (step.JournalDataOrNull is { } shown)
        {
            foreach (var (name, value) in shown)
                values.Set(name, Text(value));
        }

        return values;
    }

    private string? Text(object? value)
    {
        var text = value switch
        {
            null => null,
            true => "true",
            false => "false",
            int number => number.ToString(CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            JsonFragment fragment => fragment.Plain(),
            JsonElement element => KeptKinds.Plain(element).GetRawText(),
            _ => Written(value),
        };
        return text is null ? null : limits.CutForJournal(text);
    }

    // What a value of an integrator's looks like must not undo what the step did, nor that it failed.
    private static string Written(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, value.GetType(), EngineJson.Options);
        }
        catch (Exception)
        {
            return JsonSerializer.Serialize(value.GetType().Name);
        }
    }
}
