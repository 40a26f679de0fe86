using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Asks once a day about payouts in progress of which no webhook told.</summary>
internal static class PayoutSweep
{
    private const int AtOnce = 500;
    private static readonly TimeSpan QuietAfter = TimeSpan.FromHours(20);

    /// <summary>Asks and commits; answers how many questions were asked.</summary>
    public static async Task<int> AskAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var quietBefore = now - QuietAfter;
        var quiet = await records.AllAsync<Payout>(payout => payout.State == PayoutState.InProgress && payout.GatewayPayoutId != null && payout.SentAt < quietBefore, cancellationToken);
        var asked = 0;
        foreach (var some in quiet.Chunk(AtOnce))
        {
            asked += await AskAsync(records, some, now, cancellationToken);
        }

        return asked;
    }

    private static async Task<int> AskAsync(IMerchantRecords records, IReadOnlyList<Payout> quiet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var questions = quiet.ToDictionary(payout => $"sweep/payout/{payout.Id:N}/{now:yyyyMMdd}", StringComparer.Ordinal);
        var keys = questions.Keys.ToList();
        var known = (await records.ListAsync<Effect>(effect => keys.Contains(effect.Key), keys.Count + 1, cancellationToken)).Select(effect => effect.Key).ToHashSet(StringComparer.Ordinal);
        var fresh = questions.Where(question => !known.Contains(question.Key)).ToList();
        foreach (var (key, payout) in fresh)
        {
            records.Ask(GatewayReads.Payout(records.MerchantId, payout.GatewayPayoutId!, key, now));
        }

        if (fresh.Count > 0)
        {
            await records.CommitAsync(cancellationToken);
        }

        return fresh.Count;
    }
}
