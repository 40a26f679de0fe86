using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>What a sweep asks the gateway, as effects whose keys say what was asked already.</summary>
internal static class Questions
{
    private const int AtOnce = 500;

    /// <summary>Asks what was not asked before, some hundreds in a commit; answers how many.</summary>
    public static async Task<int> AskAsync(this IMerchantRecords records, IEnumerable<Effect> questions, CancellationToken cancellationToken)
    {
        var asked = 0;
        foreach (var some in questions.DistinctBy(question => question.Key).Chunk(AtOnce))
        {
            var keys = some.Select(question => question.Key).ToList();
            var known = (await records.ListAsync<Effect>(effect => keys.Contains(effect.Key), keys.Count, cancellationToken)).Select(effect => effect.Key).ToHashSet(StringComparer.Ordinal);
            var fresh = some.Where(question => !known.Contains(question.Key)).ToList();
            foreach (var question in fresh)
            {
                records.Ask(question);
            }

            if (fresh.Count > 0)
            {
                await records.CommitAsync(cancellationToken);
            }

            asked += fresh.Count;
        }

        return asked;
    }
}
