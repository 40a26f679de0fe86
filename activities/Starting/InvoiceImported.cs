using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Starting;

/// <summary>Starts one case for each invoice that comes in.</summary>
[Activity("CentralPay", "Starting", "Starts one case for each invoice that comes in, when this scenario is the invoice's, the customer's or the default one.", DisplayName = "Invoice comes in", Kind = ActivityKind.Trigger)]
public class InvoiceImported : Trigger
{
    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new EventTrigger(EventNames.InvoiceImported);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        context.JournalData["invoice"] = invoice.Number;
        await context.CompleteActivityAsync();
    }
}
