using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Activities.Collecting;

/// <summary>
/// Decides by the bank's reason code what follows on a failed debit: tries again some working days later, as often as is allowed,
/// or says who has to act.
/// </summary>
[Activity("CentralPay", "Collecting", "Decides by the bank's reason code: without funds (AM04) or a reason (MS03) it is tried again some bank working days later; with any other reason the customer or a person has to act.", DisplayName = "Retry debit")]
[FlowNode("Paid", "New mandate needed", "Needs a person", "Given up")]
public class RetryDebit : Activity
{
    private const string Debit = "debit";
    private const string Made = "made";

    /// <summary>How often it is tried again: the merchant's policy, no SEPA rule sets it.</summary>
    [Input(DisplayName = "Tries", Description = "How often it is tried again before it is given up.", UIHint = "number")]
    public Input<int> Tries { get; set; } = new(2);

    /// <summary>How many working days of the banks (TARGET) lie between two tries.</summary>
    [Input(DisplayName = "Bank working days between", Description = "How many working days of the banks lie between two tries, 1 to 30.", UIHint = "number")]
    public Input<int> WaitDays { get; set; } = new(3);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
            return;
        }

        var newest = await context.GetRequiredService<DirectDebits>().NewestAsync(invoice.Id, context.CancellationToken);
        if (newest is null)
        {
            await context.CompleteActivityWithOutcomesAsync("New mandate needed");
        }
        else if (DebitLife.IsUnderWay(newest))
        {
            Wait(context, context.GetRequiredService<DirectDebits>().Watch(newest));
        }
        else
        {
            await DecideAsync(context, newest);
        }
    }

    private async ValueTask DecideAsync(ActivityExecutionContext context, DirectDebit failed)
    {
        var cure = DebitReasons.Of(failed.ReasonCode).Cure;
        context.JournalData["reasonCode"] = failed.ReasonCode;
        context.JournalData["attempt"] = failed.Attempt;
        switch (cure)
        {
            case DebitCure.Retry when context.GetProperty<int>(Made) < context.Get(Tries):
                await RetryAsync(context, failed);
                break;
            case DebitCure.Retry:
                await context.CompleteActivityWithOutcomesAsync("Given up");
                break;
            case DebitCure.NewMandate or DebitCure.CorrectAccount:
                await context.CompleteActivityWithOutcomesAsync("New mandate needed");
                break;
            default:
                await context.CompleteActivityWithOutcomesAsync("Needs a person");
                break;
        }
    }

    private async ValueTask RetryAsync(ActivityExecutionContext context, DirectDebit failed)
    {
        var made = context.GetProperty<int>(Made) + 1;
        try
        {
            var next = await context.GetRequiredService<DirectDebits>().RetryAsync(
                new RetryOfDebit
                {
                    DebitId = failed.Id,
                    Key = EffectKeys.Of(context, made),
                    WaitDays = context.Get(WaitDays),
                    CaseId = EffectKeys.CaseId(context),
                },
                context.CancellationToken);
            context.SetProperty(Made, made);
            context.JournalData["collectOn"] = next.CollectOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            Wait(context, next);
        }
        catch (RuleViolationException refused) when (refused.Violations[0].Code == RuleCodes.MandateMissing)
        {
            await context.CompleteActivityWithOutcomesAsync("New mandate needed");
        }
        catch (RuleViolationException refused) when (refused.Violations[0].Code is RuleCodes.InvoiceDisputed or RuleCodes.CustomerStopped or RuleCodes.DebitsOff)
        {
            context.AddExecutionLogEntry("NotWanted", refused.Message);
            await context.CompleteActivityWithOutcomesAsync("Needs a person");
        }
    }

    private void Wait(ActivityExecutionContext context, DirectDebit debit)
    {
        context.SetProperty(Debit, debit.Id.ToString("D"));
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusNames.DebitMoved,
            Stimulus = new DebitMoved(debit.Id),
            Callback = MovedAsync,
            AutoBurn = false,
        });
    }

    private async ValueTask MovedAsync(ActivityExecutionContext context)
    {
        var id = Guid.Parse(context.GetProperty<string>(Debit)!);
        var debit = await context.GetRequiredService<IMerchantRecords>().FindAsync<DirectDebit>(id, context.CancellationToken)
            ?? throw new InvalidOperationException($"The direct debit {id} of this step does not exist any more.");
        var invoice = await CaseSubjects.InvoiceAsync(context);
        switch (debit.Status)
        {
            case DebitStatus.Settled when invoice.Open.IsPositive:
                // A part of what is owed: the rest was never debited, so nothing failed that could be tried again.
                context.AddExecutionLogEntry("SettledInPart", $"{invoice.Open.AmountMinor} {invoice.Open.Currency}");
                await context.CompleteActivityWithOutcomesAsync("Needs a person");
                break;
            case DebitStatus.Settled:
            case DebitStatus.Cancelled when invoice.Open.IsZero:
                await context.CompleteActivityWithOutcomesAsync("Paid");
                break;
            case DebitStatus.Failed:
            case DebitStatus.Returned:
                await DecideAsync(context, debit);
                break;
            case DebitStatus.Cancelled:
                await context.CompleteActivityWithOutcomesAsync("Needs a person");
                break;
        }
    }
}
