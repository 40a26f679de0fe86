using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Runs the step inside it as long as a condition holds; asked before each round.</summary>
[Activity("Elsa", "Looping", "Run a step as long as a condition holds.")]
public sealed class While : Activity, ILoop
{
    private const string RoundsKey = "rounds";

    /// <summary>The condition.</summary>
    [Input(Description = "The condition; it is asked before each round.", DefaultSyntax = "CEL")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<bool> Condition { get; set; } = default!;

    /// <summary>The step that runs in each round.</summary>
    [Port]
    public IActivity? Body { get; set; }

    // Asked as a step of its own: where the condition cannot be told, the loop stands still, and what the round did stays.
    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        context.Burst.RunAgain(context);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var rounds = context.GetProperty<int>(RoundsKey);
        if (Body is null || !context.Get(Condition))
        {
            context.JournalData["rounds"] = rounds;
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty(RoundsKey, rounds + 1);
        await context.ScheduleActivityAsync(Body);
    }
}

/// <summary>Ends the nearest loop around it, with all that still runs or waits inside.</summary>
[Activity("Elsa", "Looping", "End the loop around this step.")]
public sealed class Break : Activity, ITerminalNode
{
    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var state = context.Burst.State;
        var loop = state.Find(context.OwnerNumber);
        while (loop is not null && loop.Node.Activity is not ILoop)
            loop = state.Find(loop.OwnerNumber);
        if (loop is null)
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.BreakOutsideLoop, $"The step \"{context.NodeId}\" ends a loop, but stands in none.");
        await context.Burst.BreakAsync(context, loop);
    }
}
