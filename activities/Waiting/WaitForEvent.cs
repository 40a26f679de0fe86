using System.Reflection;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Waiting;

/// <summary>Waits until something happens to the case's invoice or its customer: an event of the catalogue, or one that the ERP tells.</summary>
[Activity("CentralPay", "Waiting", "Waits until something happens to the invoice or its customer: a dispute, a promise, a task done, or what your ERP tells by its own name.", DisplayName = "Wait for an event")]
[FlowNode("Happened", "Time limit")]
public class WaitForEvent : Activity
{
    /// <summary>What to wait for.</summary>
    [Input(DisplayName = "Event", Description = "What to wait for: choose one, or write the name that your ERP tells (goods.delivered). What happened before the step began does not count.", UIHint = "combobox", Options = new[]
    {
        EventNames.InvoiceDisputed, EventNames.InvoiceDisputeEnded, EventNames.InvoicePromised, EventNames.InvoicePromiseEnded, EventNames.InvoiceCorrected, EventNames.InvoiceReopened,
        EventNames.MandateSigned, EventNames.MandateCancelled, EventNames.DebitFailed, EventNames.DebitReturned,
        EventNames.MessageDelivered, EventNames.MessageUndelivered, EventNames.MessageFailed, EventNames.CustomerOptedOut, EventNames.TaskCompleted,
    })]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> EventName { get; set; } = default!;

    /// <summary>The events of the catalogue that a step can wait for; any other name is one that the ERP tells (<see cref="EventNames.InvoiceTold"/>).</summary>
    public static IReadOnlySet<string> Offered { get; } = ((string[])typeof(WaitForEvent).GetProperty(nameof(EventName))!.GetCustomAttribute<InputAttribute>()!.Options!).ToHashSet();

    /// <summary>How long to wait.</summary>
    [Input(DisplayName = "Time limit", Description = "How long to wait for it.", UIHint = "duration")]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(14));

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var name = (context.Get(EventName) ?? "").Trim();
        context.JournalData["event"] = name;
        foreach (var about in new[] { invoice.Id, invoice.CustomerId })
        {
            context.CreateBookmark(new CreateBookmarkArgs
            {
                BookmarkName = StimulusNames.Event,
                Stimulus = new EventAbout(name, about),
                Callback = HappenedAsync,
                AutoBurn = false,
            });
        }

        context.DelayFor(context.Get(TimeLimit), TimeLimitPassedAsync);
    }

    private ValueTask HappenedAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Happened");

    private ValueTask TimeLimitPassedAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Time limit");
}
