using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Proposes payouts on the days that beneficiaries' schedules say. A day is looked at once; one that was missed is made up for.</summary>
public sealed class PayoutSchedules(IMerchantRecords records, TimeProvider time, ICurrentActor current, PayoutProposals proposals)
{
    private const int MaxBeneficiaries = 1000;

    /// <summary>Proposes what is due, one beneficiary a commit; answers how many payouts were proposed. Needs <see cref="Permissions.ProposePayouts"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var beneficiaries = await records.ListAsync<Beneficiary>(
            beneficiary => !beneficiary.Archived && beneficiary.Schedule != PayoutSchedule.Manual && beneficiary.Schedule != PayoutSchedule.EachShare, MaxBeneficiaries, cancellationToken);
        if (beneficiaries.Count == 0)
        {
            return 0;
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        var days = QuietHours.Of(merchant);
        var now = time.GetUtcNow();
        var proposed = 0;
        foreach (var beneficiary in beneficiaries)
        {
            var due = days.StartOf(LastDay(beneficiary.Schedule, days.DayOf(now)));
            if ((beneficiary.ProposedAt ?? beneficiary.CreatedAt) >= due)
            {
                continue;
            }

            records.Update(beneficiary with { ProposedAt = now });
            proposed += (await proposals.ProposeAsync(beneficiary.Id, ProposalReasons.Schedule, null, cancellationToken)).Outcome == ProposalOutcome.Proposed ? 1 : 0;
            await records.CommitAsync(cancellationToken);
        }

        return proposed;
    }

    /// <summary>The last day up to and with one on which a schedule proposes. Pure.</summary>
    public static DateOnly LastDay(PayoutSchedule schedule, DateOnly day) => schedule switch
    {
        PayoutSchedule.Weekly => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        PayoutSchedule.Monthly => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };
}
