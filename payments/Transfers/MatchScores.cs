namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// How much speaks for a candidate, from 1 to 99: the sum of its signs' weights. It orders what a person sees and draws the
/// bar beside it; it clears nothing. Pure.
/// </summary>
internal static class MatchScores
{
    private const int Least = 1;
    private const int Most = 99;
    private const int PaidAlready = -30;

    private static readonly Dictionary<string, int> Weights = new(StringComparer.Ordinal)
    {
        [MatchReasons.VirtualIban] = 70,
        [MatchReasons.Reference] = 68,
        [MatchReasons.InvoiceNumber] = 45,
        [MatchReasons.PayerTotal] = 27,
        [MatchReasons.NumberAlike] = 25,
        [MatchReasons.PayerSeveral] = 12,
        [MatchReasons.AmountExact] = 27,
        [MatchReasons.AmountPart] = 5,
        [MatchReasons.AmountAbove] = 0,
        [MatchReasons.OtherCurrency] = -40,
        [MatchReasons.IbanKnown] = 30,
        [MatchReasons.NameAgrees] = 18,
    };

    internal static int Of(IncomingTransfer transfer, MatchCandidate candidate)
    {
        var signs = candidate.Hits.Select(hit => hit.Code).Concat(MatchRules.Agreeing(transfer, candidate).Select(reason => reason.Code)).Distinct();
        var paid = candidate.Invoices.Any(invoice => !invoice.Open.IsPositive) ? PaidAlready : 0;
        return Math.Clamp(signs.Sum(sign => Weights.GetValueOrDefault(sign)) + paid, Least, Most);
    }

    /// <summary>The likeliest first; then the fewest and oldest debts.</summary>
    internal static IReadOnlyList<MatchCandidate> Ranked(IncomingTransfer transfer, IEnumerable<MatchCandidate> candidates) =>
    [
        .. candidates.OrderByDescending(candidate => Of(transfer, candidate)).ThenBy(candidate => candidate.Invoices.Count)
            .ThenBy(candidate => candidate.Invoice.DueDate).ThenBy(candidate => candidate.Invoice.Number, StringComparer.Ordinal).ThenBy(candidate => candidate.Key, StringComparer.Ordinal),
    ];
}
