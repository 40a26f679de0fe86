using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Contacts;

namespace CentralPay.Workflows.Activities.Informing;

/// <summary>Tells the customer something about the invoice, and waits until the message left, was not needed any more, or could not be sent.</summary>
[Activity("CentralPay", "Informing", "Tells the customer something about the invoice by e-mail or SMS, and waits until it has left. One message to the customer may tell of several invoices.", DisplayName = "Notify customer")]
[FlowNode("Sent", "Not needed", "Not possible")]
public class NotifyCustomer : Activity
{
    /// <summary>The template to send.</summary>
    [Input(DisplayName = "Template", Description = "The text to send.", UIHint = "template-picker")]
    public Input<string> Template { get; set; } = new("receipt.paid");

    /// <summary>How it travels: <c>email</c>, <c>sms</c>, or the customer's <c>preferred</c> channel.</summary>
    [Input(DisplayName = "Channel", Description = "How it travels. A customer who cannot be reached that way is told by the other one.", UIHint = "dropdown", Options = new[] { "preferred", "email", "sms" })]
    public Input<string> Channel { get; set; } = new("preferred");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var request = await CaseSubjects.NewestRequestAsync(context, invoice);
        var key = EffectKeys.Of(context);
        var plan = await context.GetRequiredService<ContactPlanner>().PlanAsync(
            new ContactIntent
            {
                CustomerId = invoice.CustomerId,
                InvoiceId = invoice.Id,
                RequestId = request?.Id,
                Template = context.Get(Template) ?? "receipt.paid",
                Channel = Channels.Of(context.Get(Channel)),
                Key = key,
                CaseId = EffectKeys.CaseId(context),
            },
            context.CancellationToken);

        if (plan.Message is null)
        {
            context.AddExecutionLogEntry("NotPlanned", plan.NotPlannedReason);
            await context.CompleteActivityWithOutcomesAsync(NotPlanned(plan.NotPlannedReason));
            return;
        }

        context.JournalData["template"] = plan.Message.Template;
        context.JournalData["channel"] = plan.Message.Channel.ToString();
        context.JournalData["dueAt"] = plan.Message.DueAt;
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusNames.Answer,
            Stimulus = new EffectAnswer(key),
            Callback = AnsweredAsync,
        });
    }

    private ValueTask AnsweredAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>("outcome") switch
    {
        "Delivered" => "Sent",
        "Cancelled" => "Not needed",
        _ => "Not possible",
    });

    // What the customer owes no more, contests or promised needs no message; whom nothing reaches is another matter.
    private static string NotPlanned(string? reason) => reason is ContactReasons.Paid or ContactReasons.Withdrawn or ContactReasons.Disputed or ContactReasons.Promised or ContactReasons.Excluded
        ? "Not needed"
        : "Not possible";
}
