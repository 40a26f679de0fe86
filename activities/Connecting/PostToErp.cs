using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Callbacks;

namespace CentralPay.Workflows.Activities.Connecting;

/// <summary>Posts one signed JSON callback about the invoice to each of the merchant's endpoints, and waits until all have it or are given up.</summary>
[Activity("CentralPay", "Connecting", "Posts a signed JSON callback about the invoice to the ERP, and tries for days until it has it.", DisplayName = "Post to ERP")]
[FlowNode("Delivered", "Not delivered")]
public class PostToErp : Activity
{
    private const string Waiting = "waiting";
    private const string Missed = "missed";

    /// <summary>The event the ERP is told.</summary>
    [Input(DisplayName = "Event", Description = "The event the ERP is told.", UIHint = "dropdown", Options = new[] { "invoice.paid", "invoice.partly_paid", "invoice.overdue" })]
    public Input<string> EventType { get; set; } = new("invoice.paid");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var keys = await context.GetRequiredService<ErpCallbacks>().AskAsync(
            context.Get(EventType) ?? "invoice.paid", invoice.Id, EffectKeys.Of(context), EffectKeys.CaseId(context), context.CancellationToken);
        if (keys.Count == 0)
        {
            context.AddExecutionLogEntry("NoEndpoint", "No callback address is set up under Settings.");
            await context.CompleteActivityWithOutcomesAsync("Not delivered");
            return;
        }

        context.SetProperty(Waiting, keys.Count);
        foreach (var key in keys)
        {
            context.CreateBookmark(new CreateBookmarkArgs
            {
                BookmarkName = StimulusNames.Answer,
                Stimulus = new EffectAnswer(key),
                Callback = AnsweredAsync,
            });
        }
    }

    private async ValueTask AnsweredAsync(ActivityExecutionContext context)
    {
        var missed = context.GetProperty<int>(Missed) + (context.GetWorkflowInput<string>("outcome") == "Delivered" ? 0 : 1);
        var waiting = context.GetProperty<int>(Waiting) - 1;
        context.SetProperty(Missed, missed);
        context.SetProperty(Waiting, waiting);
        if (waiting == 0)
        {
            await context.CompleteActivityWithOutcomesAsync(missed == 0 ? "Delivered" : "Not delivered");
        }
    }
}
