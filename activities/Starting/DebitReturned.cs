using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Starting;

/// <summary>Starts one case for each direct debit whose money goes back after it had come: the invoice is owed again.</summary>
[Activity("CentralPay", "Starting", "Starts one case for each direct debit whose money goes back after it had come: the invoice is owed again.", DisplayName = "Direct debit is returned", Kind = ActivityKind.Trigger)]
public class DebitReturned : Trigger
{
    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new EventTrigger(EventNames.DebitReturned);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        context.JournalData["invoice"] = invoice.Number;
        await context.CompleteActivityAsync();
    }
}
