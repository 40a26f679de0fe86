using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>A debt that a transfer may be for, and what speaks for it.</summary>
/// <param name="Invoice">The debt.</param>
/// <param name="Hit">What led to it.</param>
/// <param name="RequestId">The payment request, when its own account number led to it; null otherwise.</param>
/// <param name="NameAgrees">Whether the payer is called like the customer.</param>
/// <param name="IbanKnown">Whether the customer paid from this account before.</param>
internal sealed record MatchCandidate(Invoice Invoice, MatchReason Hit, Guid? RequestId, bool NameAgrees, bool IbanKnown);

/// <summary>Decides which candidate a transfer is for, if one is. Pure.</summary>
internal static class MatchRules
{
    // Shorter, or made of digits alone, a number may also be a date, an amount or a postcode.
    private const int DistinctiveLength = 6;

    /// <summary>The one candidate that is cleared, or none, with the reasons either way.</summary>
    internal static (MatchCandidate? Cleared, IReadOnlyList<MatchReason> Reasons) Decide(IncomingTransfer transfer, IReadOnlyList<MatchCandidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return (null, [new MatchReason(MatchReasons.NoCandidate)]);
        }

        if (candidates.Count > 1)
        {
            return (null, [new MatchReason(MatchReasons.SeveralCandidates), .. candidates.Select(candidate => candidate.Hit)]);
        }

        var only = candidates[0];
        var agreeing = Agreeing(transfer, only);
        var reasons = new List<MatchReason> { only.Hit };
        reasons.AddRange(agreeing);
        var against = Against(only, agreeing);
        if (against is null)
        {
            return (only, reasons);
        }

        reasons.Insert(0, new MatchReason(against));
        return (null, reasons);
    }

    private static string? Against(MatchCandidate only, List<MatchReason> agreeing)
    {
        if (agreeing.Any(reason => reason.Code == MatchReasons.OtherCurrency))
        {
            return MatchReasons.OtherCurrency;
        }

        // A dedicated account number or a reference with check digits says by itself whose debt it is, also of what is paid twice.
        if (only.Hit.Code != MatchReasons.InvoiceNumber)
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

    private static bool IsDistinctive(string number) => number.Length >= DistinctiveLength && number.Any(char.IsAsciiLetter);

    private static List<MatchReason> Agreeing(IncomingTransfer transfer, MatchCandidate candidate)
    {
        var reasons = new List<MatchReason> { new(AmountReason(transfer.Amount, candidate.Invoice.Open)) };
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

    private static string AmountReason(Money received, Money open) => received.Currency != open.Currency ? MatchReasons.OtherCurrency
        : received == open ? MatchReasons.AmountExact
        : received < open ? MatchReasons.AmountPart
        : MatchReasons.AmountAbove;
}
