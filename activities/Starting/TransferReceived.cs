using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Starting;

/// <summary>Starts one case for each bank transfer that comes in.</summary>
[Activity("CentralPay", "Starting", "Starts one case for each bank transfer that comes in.", DisplayName = "Bank transfer comes in", Kind = ActivityKind.Trigger)]
public class TransferReceived : Trigger
{
    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new EventTrigger(EventNames.TransferReceived);

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteActivityAsync();
}
