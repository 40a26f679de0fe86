using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Activities.Collecting;

/// <summary>Announces a debit of what is owed to the customer, makes it on the first day the bank can, and waits for its end.</summary>
[Activity("CentralPay", "Collecting", "Debits what is owed from the customer's account, on a signed mandate. The customer is told before; the bank's working days and cut-off are kept.", DisplayName = "Collect by direct debit")]
[FlowNode("Paid", "Failed", "No mandate", "Withdrawn")]
public class CollectByDirectDebit : Activity
{
    private const string Debit = "debit";
    private const string Made = "made";
    private const int MostDebits = 5;
    private const string OnDueDate = "due-date";

    /// <summary>How many calendar days ahead the customer is told: 14 unless agreed otherwise.</summary>
    [Input(DisplayName = "Announced days ahead", Description = "How many days ahead the customer is told. 14 unless you agreed on less, 60 at most.", UIHint = "number")]
    public Input<int> NoticeDays { get; set; } = new(14);

    /// <summary>When the account is debited: as soon as the notice allows, or not before the invoice's due date.</summary>
    [Input(DisplayName = "Debited", Description = "When the account is debited.", UIHint = "dropdown", Options = new[] { "soon", "due-date" })]
    public Input<string> When { get; set; } = new("due-date");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
            return;
        }

        await CollectAsync(context, invoice);
    }

    private async ValueTask CollectAsync(ActivityExecutionContext context, Invoice invoice)
    {
        var made = context.GetProperty<int>(Made) + 1;
        context.SetProperty(Made, made);
        var debits = context.GetRequiredService<DirectDebits>();
        try
        {
            // One that somebody made by hand, or the payer on the payment page, is waited for like our own.
            var underWay = await debits.UnderWayAsync(invoice.Id, context.CancellationToken);
            var debit = underWay is not null ? debits.Watch(underWay) : await debits.CreateAsync(
                new NewDebit
                {
                    InvoiceId = invoice.Id,
                    Key = EffectKeys.Of(context, made),
                    NoticeDays = context.Get(NoticeDays),
                    NotBefore = context.Get(When) == OnDueDate ? invoice.DueDate : null,
                    CaseId = EffectKeys.CaseId(context),
                },
                context.CancellationToken);
            await WaitAsync(context, debit);
        }
        catch (RuleViolationException refused) when (refused.Violations[0].Code is RuleCodes.MandateMissing or RuleCodes.DebitsOff)
        {
            context.AddExecutionLogEntry("NoMandate", refused.Message);
            await context.CompleteActivityWithOutcomesAsync("No mandate");
        }
        catch (RuleViolationException refused) when (refused.Violations[0].Code is RuleCodes.InvoiceDisputed or RuleCodes.CustomerStopped)
        {
            context.AddExecutionLogEntry("NotWanted", refused.Message);
            await context.CompleteActivityWithOutcomesAsync("Withdrawn");
        }
    }

    private async ValueTask WaitAsync(ActivityExecutionContext context, DirectDebit debit)
    {
        context.SetProperty(Debit, debit.Id.ToString("D"));
        context.JournalData["amountMinor"] = debit.Amount.AmountMinor;
        context.JournalData["collectOn"] = debit.CollectOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusNames.DebitMoved,
            Stimulus = new DebitMoved(debit.Id),
            Callback = MovedAsync,
            AutoBurn = false,
        });
        if (debit.AnnouncedAt is null)
        {
            context.DelayUntil(await MerchantDays.StartOfAsync(context, debit.AnnounceOn), AnnounceAsync);
        }
    }

    private async ValueTask AnnounceAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<DirectDebits>().AnnounceAsync(DebitId(context), context.CancellationToken);

    // The event only says that something moved: what counts is how the debit stands now.
    private async ValueTask MovedAsync(ActivityExecutionContext context)
    {
        var debit = await context.GetRequiredService<IMerchantRecords>().FindAsync<DirectDebit>(DebitId(context), context.CancellationToken)
            ?? throw new InvalidOperationException($"The direct debit {DebitId(context)} of this step does not exist any more.");
        var invoice = await CaseSubjects.InvoiceAsync(context);
        context.JournalData["reasonCode"] = debit.ReasonCode;
        switch (debit.Status)
        {
            case DebitStatus.Settled when invoice.Open.IsPositive && context.GetProperty<int>(Made) < MostDebits:
                // It had left before the invoice was corrected to more, or took less than was owed: the rest is debited too.
                await CollectAsync(context, invoice);
                break;
            case DebitStatus.Settled when invoice.Open.IsPositive:
                await context.CompleteActivityWithOutcomesAsync("Failed");
                break;
            case DebitStatus.Settled:
            case DebitStatus.Cancelled when invoice.Open.IsZero:
                await context.CompleteActivityWithOutcomesAsync("Paid");
                break;
            case DebitStatus.Failed:
            case DebitStatus.Returned:
                await context.CompleteActivityWithOutcomesAsync("Failed");
                break;
            case DebitStatus.Cancelled:
                await context.CompleteActivityWithOutcomesAsync("Withdrawn");
                break;
        }
    }

    private static Guid DebitId(ActivityExecutionContext context) => Guid.Parse(context.GetProperty<string>(Debit)!);
}
