using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Which bookings make up a payout: what was taken back first, then shares, oldest first, as far as the funds reach. Pure.</summary>
/// <param name="Chosen">The operations.</param>
/// <param name="Sum">What they come to.</param>
/// <param name="Left">What the funds did not reach for, or zero.</param>
public sealed record PayoutOperations(IReadOnlyList<Split> Chosen, Money Sum, Money Left)
{
    /// <summary>The most operations of one payout.</summary>
    public const int Most = 1000;

    /// <summary>Chooses among free bookings of one beneficiary and currency.</summary>
    /// <param name="free">Bookings that are available and in no payout, oldest first.</param>
    /// <param name="currency">Their currency.</param>
    /// <param name="fundsMinor">What may be paid, zero or above.</param>
    public static PayoutOperations Choose(IReadOnlyList<Split> free, string currency, long fundsMinor)
    {
        ArgumentNullException.ThrowIfNull(free);
        var chosen = free.Where(split => split.Amount.AmountMinor < 0).ToList();
        var sum = chosen.Aggregate(Money.Zero(currency), (running, split) => running + split.Amount);
        var left = Money.Zero(currency);
        foreach (var split in free.Where(split => split.Amount.AmountMinor > 0))
        {
            if (sum.AmountMinor + split.Amount.AmountMinor <= fundsMinor && chosen.Count < Most)
            {
                chosen.Add(split);
                sum += split.Amount;
            }
            else
            {
                left += split.Amount;
            }
        }

        return new PayoutOperations(chosen, sum, left);
    }
}
