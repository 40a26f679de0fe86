using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Activities.Collecting;

/// <summary>Asks the customer to pay what is still owed, with a link, and waits until the gateway has made the request.</summary>
[Activity("CentralPay", "Collecting", "Makes a payment request for what is still owed, with a payment link and a virtual IBAN.", DisplayName = "Create payment request")]
[FlowNode("Created", "Refused")]
public class CreatePaymentRequest : Activity
{
    /// <summary>How long the request can be paid; zero for no deadline.</summary>
    [Input(DisplayName = "Payable for", Description = "How long the request can be paid. Zero days: without a deadline.", UIHint = "duration")]
    public Input<TimeSpan> PayableFor { get; set; } = new(TimeSpan.Zero);

    /// <summary>The payment request that was made.</summary>
    [Output(DisplayName = "Payment request", Description = "The payment request that was made.")]
    public Output<string>? PaymentRequest { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var payableFor = context.Get(PayableFor);
        var key = EffectKeys.Of(context);
        var request = await context.GetRequiredService<PaymentRequests>().OpenAsync(
            new OpenPaymentRequest
            {
                InvoiceId = invoice.Id,
                Deadline = payableFor > TimeSpan.Zero ? context.GetRequiredService<TimeProvider>().GetUtcNow() + payableFor : null,
                EffectKey = key,
                CaseId = EffectKeys.CaseId(context),
            },
            context.CancellationToken);

        context.Set(PaymentRequest, request.Id.ToString("D"));
        context.JournalData["invoice"] = invoice.Number;
        context.JournalData["amountMinor"] = request.Amount.AmountMinor;
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusNames.Answer,
            Stimulus = new EffectAnswer(key),
            Callback = AnsweredAsync,
        });
    }

    private ValueTask AnsweredAsync(ActivityExecutionContext context) =>
        context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>("outcome") == "Delivered" ? "Created" : "Refused");
}
