using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>One debt, or several together, that a transfer may be for, and what speaks for it.</summary>
/// <param name="Invoices">The debts, the oldest first; one or more, of one currency.</param>
/// <param name="Hits">What led to them; one or more.</param>
/// <param name="RequestId">The payment request, when its own account number led to it; null otherwise.</param>
/// <param name="NameAgrees">Whether the payer is called like the customer.</param>
/// <param name="IbanKnown">Whether the customer paid from this account before.</param>
internal sealed record MatchCandidate(IReadOnlyList<Invoice> Invoices, IReadOnlyList<MatchReason> Hits, Guid? RequestId, bool NameAgrees, bool IbanKnown)
{
    /// <summary>The first of its debts; the only one of most candidates.</summary>
    internal Invoice Invoice => Invoices[0];

    /// <summary>What is owed on all of them.</summary>
    internal Money Open => Invoices.Skip(1).Aggregate(Invoices[0].Open, (sum, invoice) => sum + invoice.Open);

    /// <summary>The same debts make the same candidate, however they were found.</summary>
    internal string Key => string.Join(',', Invoices.Select(invoice => invoice.Id.ToString("N")).Order(StringComparer.Ordinal));
}

/// <summary>What was found for a transfer.</summary>
/// <param name="Candidates">What it may be for.</param>
/// <param name="UnknownNumber">A number in the merchant's own shape that stands in the text and is no invoice's; null for none.</param>
internal sealed record MatchFindings(IReadOnlyList<MatchCandidate> Candidates, string? UnknownNumber = null);

/// <summary>
/// Decides which candidate a transfer is for, if one is. A reference clears when a second sign agrees; a payer's history clears
/// when the amount is exact and nothing contradicts; a tie, a typing error or a name alone never does. The order in which
/// candidates were found has no say. Pure.
/// </summary>
internal static class MatchRules
{
    // Shorter, or made of digits alone, a number may also be a date, an amount or a postcode.
    private const int DistinctiveLength = 6;

    private static readonly string[] References = [MatchReasons.VirtualIban, MatchReasons.Reference, MatchReasons.InvoiceNumber];

    /// <summary>The one candidate that is cleared, or none, with the reasons either way.</summary>
    internal static (MatchCandidate? Cleared, IReadOnlyList<MatchReason> Reasons) Decide(IncomingTransfer transfer, MatchFindings findings)
    {
        var candidates = findings.Candidates;
        if (candidates.Count == 0)
        {
            return (null, [new MatchReason(MatchReasons.NoCandidate)]);
        }

        var named = candidates.Where(candidate => candidate.Hits.All(hit => References.Contains(hit.Code))).ToArray();
        return named.Length > 0 ? ByReference(transfer, named) : ByPayer(transfer, findings);
    }

    /// <summary>The signs that agree or disagree with a candidate: its amount, the payer's name and account.</summary>
    internal static List<MatchReason> Agreeing(IncomingTransfer transfer, MatchCandidate candidate)
    {
        var reasons = new List<MatchReason> { new(AmountReason(transfer.Amount, candidate.Open)) };
        if (candidate.NameAgrees)
        {
            reasons.Add(new(MatchReasons.NameAgrees));
        }

        if (candidate.IbanKnown)
        {
            reasons.Add(new(MatchReasons.IbanKnown));
        }

        return reasons;
    }

    private static (MatchCandidate?, IReadOnlyList<MatchReason>) ByReference(IncomingTransfer transfer, MatchCandidate[] named)
    {
        var singles = named.Where(candidate => candidate.Invoices.Count == 1).ToArray();

        // Several are named: only when all of them together are just what came is it clear.
        if (singles.Length > 1)
        {
            var together = named.FirstOrDefault(candidate => candidate.Invoices.Count == singles.Length && Fits(transfer, candidate));
            return together is not null
                ? (together, [.. together.Hits, .. Agreeing(transfer, together)])
                : (null, [new MatchReason(MatchReasons.SeveralCandidates), .. Ordered(singles.Select(candidate => candidate.Hits[0]))]);
        }

        var only = singles[0];
        var agreeing = Agreeing(transfer, only);
        return Against(only, agreeing) is { } against ? (null, [new MatchReason(against), .. only.Hits, .. agreeing]) : (only, [.. only.Hits, .. agreeing]);
    }

    private static string? Against(MatchCandidate only, List<MatchReason> agreeing)
    {
        if (agreeing.Any(reason => reason.Code == MatchReasons.OtherCurrency))
        {
            return MatchReasons.OtherCurrency;
        }

        // A dedicated account number or a reference with check digits says by itself whose debt it is, also of what is paid twice.
        if (only.Hits[0].Code != MatchReasons.InvoiceNumber)
        {
            return null;
        }

        if (!only.Invoice.Open.IsPositive)
        {
            return MatchReasons.AlreadyPaid;
        }

        var second = agreeing.Any(reason => reason.Code is MatchReasons.AmountExact or MatchReasons.NameAgrees or MatchReasons.IbanKnown);
        var partOfDistinctive = agreeing.Any(reason => reason.Code == MatchReasons.AmountPart) && IsDistinctive(only.Invoice.Number);
        return second || partOfDistinctive ? null : MatchReasons.NothingAgrees;
    }

    private static (MatchCandidate?, IReadOnlyList<MatchReason>) ByPayer(IncomingTransfer transfer, MatchFindings findings)
    {
        var candidates = findings.Candidates;
        if (findings.UnknownNumber is { } unknown)
        {
            return (null, [new MatchReason(MatchReasons.NumberUnknown, unknown), .. Strongest(transfer, candidates)]);
        }

        // Whoever mistyped a number meant something: what fits otherwise is proposed, not booked.
        if (candidates.Any(candidate => Has(candidate, MatchReasons.NumberAlike)))
        {
            return (null, candidates.Count == 1 ? Strongest(transfer, candidates) : [new MatchReason(MatchReasons.SeveralCandidates), .. Strongest(transfer, candidates)]);
        }

        var fitting = candidates.Where(candidate => Fits(transfer, candidate) && (candidate.IbanKnown || candidate.NameAgrees)).ToArray();
        if (fitting is [var only] && only.IbanKnown && !Has(only, MatchReasons.PayerSeveral))
        {
            return (only, [.. only.Hits, .. Agreeing(transfer, only).Where(reason => only.Hits.All(hit => hit.Code != reason.Code))]);
        }

        var against = candidates.Count > 1 && fitting.Length != 1 ? MatchReasons.SeveralCandidates : MatchReasons.NothingAgrees;
        return (null, [new MatchReason(against), .. Strongest(transfer, candidates)]);
    }

    private static IReadOnlyList<MatchReason> Strongest(IncomingTransfer transfer, IReadOnlyList<MatchCandidate> candidates)
    {
        if (MatchScores.Ranked(transfer, candidates) is not [var first, ..])
        {
            return [];
        }

        return [.. first.Hits, .. Agreeing(transfer, first).Where(reason => first.Hits.All(hit => hit.Code != reason.Code))];
    }

    private static bool Fits(IncomingTransfer transfer, MatchCandidate candidate) => candidate.Open == transfer.Amount;

    private static bool Has(MatchCandidate candidate, string code) => candidate.Hits.Any(hit => hit.Code == code);

    private static IEnumerable<MatchReason> Ordered(IEnumerable<MatchReason> hits) => hits.OrderBy(hit => hit.Code, StringComparer.Ordinal).ThenBy(hit => hit.Value, StringComparer.Ordinal);

    private static bool IsDistinctive(string number) => number.Length >= DistinctiveLength && number.Any(char.IsAsciiLetter);

    private static string AmountReason(Money received, Money open) => received.Currency != open.Currency ? MatchReasons.OtherCurrency
        : received == open ? MatchReasons.AmountExact
        : received < open ? MatchReasons.AmountPart
        : MatchReasons.AmountAbove;
}
