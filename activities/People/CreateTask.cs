using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Activities.People;

/// <summary>Puts a task on the agents' list. The scenario goes on at once; the task settles itself when the money comes.</summary>
[Activity("CentralPay", "People", "Puts a task on the agents' list. The scenario goes on at once; the task disappears when the money comes.", DisplayName = "Create task")]
public class CreateTask : Activity
{
    /// <summary>What kind of task it is.</summary>
    [Input(DisplayName = "Kind", Description = "What kind of task it is: tasks are grouped by it.", UIHint = "dropdown", Options = new[] { "call", "review-transfer", "request-refused", "failed-debit", "mandate", "check" })]
    public Input<string> Kind { get; set; } = new("call");

    /// <summary>What to do, in one line; left empty, the task is named after its kind, its customer and its invoice.</summary>
    [Input(DisplayName = "Title", Description = "What to do, in one line. Left empty, the task is named after its kind, customer and invoice.", UIHint = "singleline")]
    public Input<string>? Title { get; set; }

    /// <summary>More to know.</summary>
    [Input(DisplayName = "Note", Description = "More to know for whoever does it.", UIHint = "multiline")]
    public Input<string>? Note { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var (customerId, invoiceId, transferId, amount) = await SubjectAsync(context);
        var task = await context.GetRequiredService<TaskDesk>().CreateAsync(
            new NewTask
            {
                Key = EffectKeys.Of(context),
                Kind = context.Get(Kind) ?? "call",
                Title = context.Get(Title) ?? "",
                Note = context.Get(Note),
                CustomerId = customerId,
                InvoiceId = invoiceId,
                TransferId = transferId,
                Amount = amount,
            },
            context.CancellationToken);
        context.JournalData["title"] = task.Title;
        await context.CompleteActivityAsync();
    }

    private static async ValueTask<(Guid? CustomerId, Guid? InvoiceId, Guid? TransferId, Money? Amount)> SubjectAsync(ActivityExecutionContext context)
    {
        if (CaseSubjects.TransferIdOf(context.WorkflowExecutionContext.CorrelationId) is { } id)
        {
            var transfer = await context.GetRequiredService<IMerchantRecords>().FindAsync<IncomingTransfer>(id, context.CancellationToken);
            return (null, transfer?.InvoiceId, id, transfer?.Amount);
        }

        Invoice invoice = await CaseSubjects.InvoiceAsync(context);
        return (invoice.CustomerId, invoice.Id, null, invoice.Open);
    }
}
