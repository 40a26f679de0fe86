using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>
/// Asks the world outside to do something by its name, and waits until it is told that it is done
/// (<see cref="CaseDesk.CompleteTaskAsync"/>). What was told is the result.
/// </summary>
[Activity("Elsa", "Composition", "Ask another program to do something by its name, and wait until it says that it is done.", DisplayName = "Ask another program")]
public sealed class RunTask : Activity<object>
{
    /// <summary>The name under which waits for tasks are found.</summary>
    public const string StimulusName = "Elsa.RunTask";

    /// <summary>What to do, by the name that the other program knows.</summary>
    [Input(DisplayName = "Task", Description = "What to do, by the name the other program knows.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> TaskName { get; set; } = default!;

    /// <summary>What it needs for that, by name.</summary>
    [Input(Description = "What it needs for that.", DefaultSyntax = "CEL")]
    public Input<IDictionary<string, object?>?> Payload { get; set; } = new((IDictionary<string, object?>?)null);

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var dispatcher = context.GetService<ITaskDispatcher>()
            ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.NobodyTakesTasks, $"The step \"{context.NodeId}\" asks another program, but this installation tells none.");
        var name = context.Get(TaskName);
        if (string.IsNullOrWhiteSpace(name))
            throw new ScenarioFaultException(IncidentKind.Data, FaultCauses.TaskWithoutName, $"The step \"{context.NodeId}\" asks for a task without a name.");
        var payload = context.Get(Payload);
        context.JournalData["task"] = name;
        dispatcher.Dispatch(new TaskAsked(context.Id, name, payload is null ? null : JsonSerializer.Serialize(payload, Expressions.EngineJson.Options), context.Burst.Case));
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = StimulusName, Stimulus = new TaskDone(context.Id), Callback = DoneAsync });
    }

    private async ValueTask DoneAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.Burst.AllInput());
        await context.CompleteActivityAsync();
    }
}

/// <summary>The task that was done, by the run of the step that asked for it.</summary>
public sealed record TaskDone(string TaskId);

/// <summary>Tells the world outside of a task, in the unit of work of the step that asks. Scoped to a tenant; given by the host.</summary>
public interface ITaskDispatcher
{
    /// <summary>Appends what tells of it; it goes out with the commit.</summary>
    void Dispatch(TaskAsked task);
}

/// <summary>A task as it is asked.</summary>
/// <param name="TaskId">By which it is told done; the same however often the step is tried.</param>
/// <param name="Name">What to do.</param>
/// <param name="PayloadJson">What is needed for that, a JSON object; null for nothing.</param>
/// <param name="Case">The case that asks.</param>
public sealed record TaskAsked(string TaskId, string Name, string? PayloadJson, CaseRecord Case);
