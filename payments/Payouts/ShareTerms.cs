using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Who gets the part of a minor unit that cannot be shared.</summary>
public enum ShareRounding
{
    /// <summary>The merchant: shares are cut down.</summary>
    ToMerchant,

    /// <summary>The beneficiary: a begun minor unit counts whole.</summary>
    ToBeneficiary,
}

/// <summary>How large a third party's share is: a part of an amount, or a fixed sum.</summary>
/// <param name="BasisPoints">Hundredths of a percent, 0 to 10,000; not used where a fixed sum is given.</param>
/// <param name="FixedMinor">A fixed sum in minor units of the shared amount's currency; null for a part.</param>
/// <param name="Rounding">Where the remainder goes.</param>
public sealed record ShareTerms(int BasisPoints, long? FixedMinor, ShareRounding Rounding)
{
    /// <summary>All of an amount, in basis points.</summary>
    public const int Whole = 10_000;

    /// <summary>Shares an amount out. A fixed sum larger than the amount is the amount.</summary>
    /// <param name="basis">What is shared, zero or above.</param>
    public SharedOut Of(Money basis)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(basis.AmountMinor);
        if (FixedMinor is { } wanted)
        {
            var share = Money.Min(basis with { AmountMinor = wanted }, basis);
            return new SharedOut(share, basis - share, Money.Zero(basis.Currency));
        }

        var shared = MoneySharing.ByWeight(basis, [BasisPoints, Whole - BasisPoints]);
        var parts = shared.WithRemainderOn(Rounding == ShareRounding.ToBeneficiary ? 0 : 1);
        return new SharedOut(parts[0], parts[1], shared.Remainder);
    }
}

/// <summary>A shared amount: share and kept are the whole; the remainder is in the one that the rounding names.</summary>
/// <param name="Share">The third party's.</param>
/// <param name="Kept">The merchant's.</param>
/// <param name="Remainder">What could not be shared evenly: less than one minor unit per part.</param>
public sealed record SharedOut(Money Share, Money Kept, Money Remainder);
