using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Activities.Collecting;

/// <summary>Asks the customer to sign a mandate, with a link, and waits for the signature.</summary>
[Activity("CentralPay", "Collecting", "Asks the customer by e-mail to sign a direct debit mandate, by a code on the phone, and waits for the signature.", DisplayName = "Ask for a mandate")]
[FlowNode("Signed", "Paid", "Time limit", "Not possible")]
public class AskForMandate : Activity
{
    private const string BusinessScheme = "B2B";

    /// <summary>The scheme: Core for everybody, B2B between businesses.</summary>
    [Input(DisplayName = "Scheme", Description = "Core for everybody; B2B between businesses, where an authorised debit is not refunded.", UIHint = "dropdown", Options = new[] { "Core", "B2B" })]
    public Input<string> Scheme { get; set; } = new("Core");

    /// <summary>How long to wait for the signature.</summary>
    [Input(DisplayName = "Time limit", Description = "How long to wait for the signature.", UIHint = "duration")]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(7));

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
            return;
        }

        var request = await CaseSubjects.NewestRequestAsync(context, invoice);
        var customer = await context.GetRequiredService<IMerchantRecords>().FindAsync<Customer>(invoice.CustomerId, context.CancellationToken);
        try
        {
            var mandate = await context.GetRequiredService<Mandates>().AskAsync(
                new NewMandate
                {
                    CustomerId = invoice.CustomerId,
                    InvoiceId = invoice.Id,
                    Scheme = context.Get(Scheme) == BusinessScheme && customer is { IsBusiness: true } ? MandateScheme.B2B : MandateScheme.Core,
                    ReturnToken = request?.LinkToken,
                    CaseId = EffectKeys.CaseId(context),
                },
                context.CancellationToken);
            if (mandate.Status == MandateStatus.Valid)
            {
                await context.CompleteActivityWithOutcomesAsync("Signed");
                return;
            }
        }
        catch (RuleViolationException refused) when (refused.Violations[0].Code == RuleCodes.DebitsOff)
        {
            await NotPossibleAsync(context, refused.Message);
            return;
        }

        // The link leads to the payment page, where the mandate is signed or the invoice paid another way.
        var plan = await context.GetRequiredService<ContactPlanner>().PlanAsync(
            new ContactIntent
            {
                CustomerId = invoice.CustomerId,
                InvoiceId = invoice.Id,
                RequestId = request?.Id,
                Template = MessageTemplates.MandateRequest,
                Key = EffectKeys.Of(context),
                CaseId = EffectKeys.CaseId(context),
            },
            context.CancellationToken);
        if (plan.Message is null || request is null)
        {
            await NotPossibleAsync(context, plan.NotPlannedReason ?? "There is no payment request whose link the customer could follow.");
            return;
        }

        Wait(context, StimulusNames.MandateSigned, new MandateOf(invoice.CustomerId));
        Wait(context, StimulusNames.InvoiceMoney, new InvoiceMoney(invoice.Id));
        context.DelayFor(context.Get(TimeLimit), TimeLimitPassedAsync);
    }

    private void Wait(ActivityExecutionContext context, string name, object stimulus) => context.CreateBookmark(new CreateBookmarkArgs
    {
        BookmarkName = name,
        Stimulus = stimulus,
        Callback = MovedAsync,
        AutoBurn = false,
    });

    private async ValueTask MovedAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (invoice.Open.IsZero)
        {
            await context.CompleteActivityWithOutcomesAsync("Paid");
        }
        else if (await context.GetRequiredService<Mandates>().UsableAsync(invoice.CustomerId, context.CancellationToken) is not null)
        {
            await context.CompleteActivityWithOutcomesAsync("Signed");
        }
    }

    private async ValueTask TimeLimitPassedAsync(ActivityExecutionContext context)
    {
        await MovedAsync(context);
        var invoice = await CaseSubjects.InvoiceAsync(context);
        if (!invoice.Open.IsZero && await context.GetRequiredService<Mandates>().UsableAsync(invoice.CustomerId, context.CancellationToken) is null)
        {
            await context.CompleteActivityWithOutcomesAsync("Time limit");
        }
    }

    private static async ValueTask NotPossibleAsync(ActivityExecutionContext context, string why)
    {
        context.AddExecutionLogEntry("NotPossible", why);
        await context.CompleteActivityWithOutcomesAsync("Not possible");
    }
}
