using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Asks once a day about payouts in progress and mandates to be signed of which no webhook told.</summary>
internal static class DailySweep
{
    private static readonly TimeSpan QuietAfter = TimeSpan.FromHours(20);

    /// <summary>Asks and commits; answers how many questions were asked.</summary>
    public static async Task<int> AskAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var quietBefore = now - QuietAfter;
        var payouts = await records.AllAsync<Payout>(payout => payout.State == PayoutState.InProgress && payout.GatewayPayoutId != null && payout.SentAt < quietBefore, cancellationToken);
        var mandates = await records.AllAsync<Mandate>(mandate => mandate.Status == MandateStatus.Draft && mandate.GatewayMandateId != null && mandate.CreatedAt < quietBefore, cancellationToken);
        return await records.AskAsync(
            payouts.Select(payout => GatewayReads.Payout(records.MerchantId, payout.GatewayPayoutId!, GatewayReads.SweepKey($"payout/{payout.Id:N}/{now:yyyyMMdd}"), now))
                .Concat(mandates.Select(mandate => GatewayReads.Mandate(records.MerchantId, mandate.GatewayMandateId!, GatewayReads.SweepKey($"mandate/{mandate.Id:N}/{now:yyyyMMdd}"), now))),
            cancellationToken);
    }
}
