using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Asks once a day about payouts in progress of which no webhook told.</summary>
internal static class PayoutSweep
{
    private static readonly TimeSpan QuietAfter = TimeSpan.FromHours(20);

    /// <summary>Asks and commits; answers how many questions were asked.</summary>
    public static async Task<int> AskAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var quietBefore = now - QuietAfter;
        var quiet = await records.AllAsync<Payout>(payout => payout.State == PayoutState.InProgress && payout.GatewayPayoutId != null && payout.SentAt < quietBefore, cancellationToken);
        return await records.AskAsync(
            quiet.Select(payout => GatewayReads.Payout(records.MerchantId, payout.GatewayPayoutId!, $"sweep/payout/{payout.Id:N}/{now:yyyyMMdd}", now)), cancellationToken);
    }
}
