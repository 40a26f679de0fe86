using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Collecting;

/// <summary>Waits until the invoice is paid, a part of it is, or a time limit passes.</summary>
[Activity("CentralPay", "Collecting", "Waits until the invoice is paid, a part of it is paid, or the time limit passes.", DisplayName = "Wait for payment")]
[FlowNode("Paid", "Partly paid", "Time limit")]
public class WaitForPayment : Activity
{
    private const string PaidBefore = "paidMinor";
    private const string FromDueDate = "due-date";

    /// <summary>How long to wait.</summary>
    [Input(DisplayName = "Time limit", Description = "How long to wait for the money.", UIHint = "duration")]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(7));

    /// <summary>What the time limit counts from: the beginning of this step, or the invoice's due date where that is later.</summary>
    [Input(DisplayName = "Counted from", Description = "What the time limit counts from. The due date counts only while it lies ahead.", UIHint = "dropdown", Options = new[] { "step", "due-date" })]
    public Input<string> CountedFrom { get; set; } = new("step");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
            return;
        }

        context.SetProperty(PaidBefore, PaidMinor(invoice));
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusNames.InvoiceMoney,
            Stimulus = new InvoiceMoney(invoice.Id),
            Callback = MoneyMovedAsync,
            AutoBurn = false,
        });
        context.DelayUntil(await BeginningAsync(context, invoice) + context.Get(TimeLimit), TimeLimitPassedAsync);
    }

    private async ValueTask<DateTimeOffset> BeginningAsync(ActivityExecutionContext context, Invoice invoice)
    {
        var now = context.GetRequiredService<TimeProvider>().GetUtcNow();
        if (context.Get(CountedFrom) != FromDueDate)
        {
            return now;
        }

        var records = context.GetRequiredService<IMerchantRecords>();
        var merchant = await records.MerchantAsync(context.CancellationToken);
        var dueDay = QuietHours.Of(merchant).StartOf(invoice.DueDate);
        return dueDay > now ? dueDay : now;
    }

    // The event only says that something moved: what counts is what the invoice says now. An event older than this wait
    // finds nothing new, and the wait goes on; so it does when a correction makes less owed, for nobody paid anything.
    private async ValueTask MoneyMovedAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
        }
        else if (PaidMinor(invoice) > context.GetProperty<long>(PaidBefore))
        {
            context.JournalData["openMinor"] = invoice.Open.AmountMinor;
            await context.CompleteActivityWithOutcomesAsync("Partly paid");
        }
        else
        {
            // A booking was taken back: the next part counts from what is paid now.
            context.SetProperty(PaidBefore, PaidMinor(invoice));
        }
    }

    private static long PaidMinor(Invoice invoice) => (invoice.Amount - invoice.Open).AmountMinor;

    private async ValueTask TimeLimitPassedAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        await context.CompleteActivityWithOutcomesAsync(invoice.Open.IsZero ? "Paid" : "Time limit");
    }
}
