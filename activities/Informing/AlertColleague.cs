using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Activities.Informing;

/// <summary>Tells a colleague by e-mail, at once. The scenario goes on without waiting.</summary>
[Activity("CentralPay", "Informing", "Tells a colleague by e-mail, at once: the case's customer and invoice are named in it. The scenario goes on.", DisplayName = "Alert a colleague")]
public class AlertColleague : Activity
{
    /// <summary>The colleague's e-mail address.</summary>
    [Input(DisplayName = "To", Description = "The colleague's e-mail address.", UIHint = "singleline")]
    public Input<string> Recipient { get; set; } = new("");

    /// <summary>What it is called.</summary>
    [Input(DisplayName = "Subject", Description = "What it is called, in one line.", UIHint = "singleline")]
    public Input<string> Subject { get; set; } = new("");

    /// <summary>What it says.</summary>
    [Input(DisplayName = "Text", Description = "What your colleague is to know.", UIHint = "multiline")]
    public Input<string> Text { get; set; } = new("");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var (customerId, invoiceId) = await SubjectAsync(context);
        var message = await context.GetRequiredService<ColleagueAlerts>().PlanAsync(
            new ColleagueAlert
            {
                Recipient = context.Get(Recipient)?.Trim() ?? "",
                Subject = context.Get(Subject) ?? "",
                Text = context.Get(Text) ?? "",
                Key = EffectKeys.Of(context),
                CustomerId = customerId,
                InvoiceId = invoiceId,
                CaseId = EffectKeys.CaseId(context),
            },
            context.CancellationToken);
        context.JournalData["subject"] = message.Subject;
        await context.CompleteActivityAsync();
    }

    private static async ValueTask<(Guid? CustomerId, Guid? InvoiceId)> SubjectAsync(ActivityExecutionContext context)
    {
        var records = context.GetRequiredService<IMerchantRecords>();
        if (CaseSubjects.TransferIdOf(context.WorkflowExecutionContext.CorrelationId) is not { } transferId)
        {
            var invoice = await CaseSubjects.InvoiceAsync(context);
            return (invoice.CustomerId, invoice.Id);
        }

        var transfer = await records.FindAsync<IncomingTransfer>(transferId, context.CancellationToken);
        var paid = transfer?.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, context.CancellationToken) : null;
        return (paid?.CustomerId, paid?.Id);
    }
}
