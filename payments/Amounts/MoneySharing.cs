namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>Amounts shared out in whole minor units; what cannot be shared evenly is named, and its place is the caller's decision.</summary>
public static class MoneySharing
{
    /// <summary>Shares an amount in equal parts, each cut down to the minor unit.</summary>
    /// <param name="total">What is shared; may be negative.</param>
    /// <param name="parts">How many parts, 1 or more.</param>
    public static SharedMoney Equally(Money total, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        return ByWeight(total, [.. Enumerable.Repeat(1L, parts)]);
    }

    /// <summary>Shares an amount by weights, each part cut toward zero.</summary>
    /// <param name="total">What is shared; may be negative.</param>
    /// <param name="weights">The weights: none negative, at least one above zero.</param>
    public static SharedMoney ByWeight(Money total, IReadOnlyList<long> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Any(weight => weight < 0) || weights.All(weight => weight == 0))
        {
            throw new ArgumentException("Weights are zero or above, and one is above zero.", nameof(weights));
        }

        var sum = weights.Aggregate(Int128.Zero, (running, weight) => running + weight);
        var parts = weights.Select(weight => total with { AmountMinor = (long)((Int128)total.AmountMinor * weight / sum) }).ToArray();
        var remainder = parts.Aggregate(total, (left, part) => left - part);
        return new SharedMoney(parts, remainder);
    }
}

/// <summary>The parts of a shared amount, and the remainder that is in none of them: together they are the whole.</summary>
/// <param name="Parts">The parts, in the order of the weights.</param>
/// <param name="Remainder">What is left, always less than one minor unit per part.</param>
public sealed record SharedMoney(IReadOnlyList<Money> Parts, Money Remainder)
{
    /// <summary>The parts with the remainder put on one of them.</summary>
    public IReadOnlyList<Money> WithRemainderOn(int index) =>
        [.. Parts.Select((part, position) => position == index ? part + Remainder : part)];
}
