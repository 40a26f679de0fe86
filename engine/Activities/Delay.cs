using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Waits for a span of business time.</summary>
[Activity("Elsa", "Scheduling", "Wait for a span of time.", DisplayName = "Delay")]
public sealed class Delay : Activity
{
    /// <summary>How long to wait.</summary>
    [Input(Description = "How long to wait.", UIHint = "duration")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<TimeSpan> TimeSpan { get; set; } = default!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.DelayFor(context.Get(TimeSpan));
}
