using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Contacts;

namespace CentralPay.Workflows.Activities.Informing;

/// <summary>Plans a message to the customer about the invoice; the contact policy says when it goes, and whether it still should.</summary>
[Activity("CentralPay", "Informing", "Sends the customer a message about the invoice, with the payment link and a QR code. Several invoices of one customer make one message; quiet hours and the minimum interval are kept; nothing is sent once it is paid, disputed or promised.", DisplayName = "Send reminder")]
[FlowNode("Planned", "Not possible")]
public class SendReminder : Activity
{
    /// <summary>The template to send.</summary>
    [Input(DisplayName = "Template", Description = "The text to send.", UIHint = "template-picker")]
    public Input<string> Template { get; set; } = new("reminder.first");

    /// <summary>How it travels: <c>email</c>, <c>sms</c>, or the customer's <c>preferred</c> channel.</summary>
    [Input(DisplayName = "Channel", Description = "How it travels. A customer who cannot be reached that way is told by the other one.", UIHint = "dropdown", Options = new[] { "email", "sms", "preferred" })]
    public Input<string> Channel { get; set; } = new("email");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var request = await CaseSubjects.NewestRequestAsync(context, invoice);
        var plan = await context.GetRequiredService<ContactPlanner>().PlanAsync(
            new ContactIntent
            {
                CustomerId = invoice.CustomerId,
                InvoiceId = invoice.Id,
                RequestId = request?.Id,
                Template = context.Get(Template) ?? "reminder.first",
                Channel = Channels.Of(context.Get(Channel)),
                Key = EffectKeys.Of(context),
                CaseId = EffectKeys.CaseId(context),
            },
            context.CancellationToken);

        if (plan.Message is null)
        {
            context.AddExecutionLogEntry("NotPlanned", plan.NotPlannedReason);
            await context.CompleteActivityWithOutcomesAsync("Not possible");
            return;
        }

        context.JournalData["template"] = plan.Message.Template;
        context.JournalData["channel"] = plan.Message.Channel.ToString();
        context.JournalData["dueAt"] = plan.Message.DueAt;
        await context.CompleteActivityWithOutcomesAsync("Planned");
    }
}
