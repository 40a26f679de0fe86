using System.Globalization;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Activities.PayingOut;

/// <summary>
/// Books a third party's share in what was collected on the invoice, waits until its funds are there, and proposes the payout,
/// which another person signs. For a third party with a schedule of its own the share only accrues.
/// </summary>
[Activity("CentralPay", "Paying out", "Gives a third party its share in the paid invoice: books it, waits until the money is available (cards: two bank days), and proposes a payout that another person signs.", DisplayName = "Split payout")]
[FlowNode("Proposed", "Accrued", "Not available", "Nothing to pay")]
public class SplitPayout : Activity
{
    private const string SplitId = "splitId";

    /// <summary>The third party, by its short name.</summary>
    [Input(DisplayName = "Third party", Description = "Who gets the share. Third parties are kept under Payouts.", UIHint = "beneficiary-picker")]
    public Input<string> Beneficiary { get; set; } = new("");

    /// <summary>The share in percent, up to two decimals.</summary>
    [Input(DisplayName = "Share in percent", Description = "How much of it, from 0.01 to 100 percent.", UIHint = "number")]
    public Input<decimal> Share { get; set; } = new(10m);

    /// <summary>A fixed sum instead of the percentage; zero for none.</summary>
    [Input(DisplayName = "Fixed amount", Description = "A fixed amount in the invoice's currency instead of the percentage. Zero: none.", UIHint = "number")]
    public Input<decimal> FixedAmount { get; set; } = new(0m);

    /// <summary>Who gets the cent that cannot be shared.</summary>
    [Input(DisplayName = "The odd cent", Description = "Who gets the part of a cent that cannot be shared.", UIHint = "dropdown", Options = new[] { "merchant", "third-party" })]
    public Input<string> OddCent { get; set; } = new("merchant");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var invoice = await CaseSubjects.InvoiceAsync(context);
        var code = context.Get(Beneficiary) ?? "";
        var split = await context.GetRequiredService<SplitBook>().BookAsync(
            new NewSplit { Key = EffectKeys.Of(context), Beneficiary = code, InvoiceId = invoice.Id, Terms = Terms(context, invoice.Amount.Currency), CaseId = EffectKeys.CaseId(context) },
            context.CancellationToken);
        if (split is null)
        {
            await context.CompleteActivityWithOutcomesAsync("Nothing to pay");
            return;
        }

        context.JournalData["beneficiary"] = code;
        context.JournalData["shareMinor"] = split.Amount.AmountMinor;
        context.JournalData["availableAt"] = split.AvailableAt;
        var records = context.GetRequiredService<IMerchantRecords>();
        var beneficiary = await records.FindAsync<Beneficiary>(split.BeneficiaryId, context.CancellationToken)
            ?? throw new InvalidOperationException($"The third party {code} of this share does not exist any more.");
        if (beneficiary.Schedule != PayoutSchedule.EachShare)
        {
            await context.CompleteActivityWithOutcomesAsync("Accrued");
            return;
        }

        context.SetProperty(SplitId, split.Id);
        if (split.AvailableAt > context.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            context.DelayUntil(split.AvailableAt, ProposeAsync);
            return;
        }

        await ProposeAsync(context);
    }

    private async ValueTask ProposeAsync(ActivityExecutionContext context)
    {
        var splitId = context.GetProperty<Guid>(SplitId);
        var split = await context.GetRequiredService<IMerchantRecords>().FindAsync<Split>(splitId, context.CancellationToken)
            ?? throw new InvalidOperationException($"The share {splitId} does not exist any more.");
        if (split.PayoutId is not null)
        {
            // Another case's proposal, or a person's, took this share along.
            await context.CompleteActivityWithOutcomesAsync("Proposed");
            return;
        }

        var proposal = await context.GetRequiredService<PayoutProposals>().ProposeAsync(
            split.BeneficiaryId, ProposalReasons.Share, split.Amount.Currency, context.CancellationToken);
        context.JournalData["payout"] = proposal.Payout?.Reference;
        context.JournalData["payoutMinor"] = proposal.Payout?.Amount.AmountMinor;
        await context.CompleteActivityWithOutcomesAsync(proposal.Outcome switch
        {
            ProposalOutcome.Proposed => "Proposed",
            ProposalOutcome.NotAvailableYet => "Not available",
            _ => "Nothing to pay",
        });
    }

    private ShareTerms Terms(ActivityExecutionContext context, string currency)
    {
        var rounding = context.Get(OddCent) == "third-party" ? ShareRounding.ToBeneficiary : ShareRounding.ToMerchant;
        var fixedAmount = context.Get(FixedAmount);
        if (fixedAmount != 0)
        {
            return AmountReader.TryRead(fixedAmount.ToString(CultureInfo.InvariantCulture), currency, '.', out var money) is { } broken
                ? throw new RuleViolationException([AmountReader.Broken("fixedAmount", broken, currency)])
                : new ShareTerms(0, money.AmountMinor, rounding);
        }

        var basisPoints = context.Get(Share) * 100;
        return decimal.IsInteger(basisPoints) && basisPoints is > 0 and <= ShareTerms.Whole
            ? new ShareTerms((int)basisPoints, null, rounding)
            : throw RuleViolationException.Of("share", RuleCodes.ShareOutOfRange);
    }
}
