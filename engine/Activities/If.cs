using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Runs one of two embedded steps.</summary>
[Activity("Elsa", "Branching", "Run one step where a condition holds, another where it does not.")]
public sealed class If : Activity
{
    /// <summary>The condition.</summary>
    [Input(Description = "The condition.", DefaultSyntax = "CEL")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<bool> Condition { get; set; } = default!;

    /// <summary>The step to run where the condition holds.</summary>
    [Port]
    public IActivity? Then { get; set; }

    /// <summary>The step to run where it does not.</summary>
    [Port]
    public IActivity? Else { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var holds = context.Get(Condition);
        context.JournalData["condition"] = holds;
        await context.ScheduleActivityAsync(holds ? Then : Else);
    }

    internal override async ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        await context.CompleteActivityAsync();
}
