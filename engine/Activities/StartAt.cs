using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Waits until an instant of business time; one that has passed does not hold the case up.</summary>
[Activity("Elsa", "Scheduling", "Wait until a date and time.", DisplayName = "Wait until")]
public sealed class StartAt : Activity
{
    /// <summary>The instant; without an offset it is UTC.</summary>
    [Input(Description = "The date and time to wait for.", DefaultSyntax = "CEL")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<DateTimeOffset> DateTime { get; set; } = default!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var until = context.Get(DateTime);
        context.JournalData["until"] = until;
        context.DelayUntil(until);
    }
}
