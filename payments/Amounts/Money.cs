namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>An amount in the minor unit of its currency (cents for EUR). Never floating point, never without its currency.</summary>
/// <param name="AmountMinor">The amount in minor units; may be negative where the context says so.</param>
/// <param name="Currency">ISO 4217 alphabetic code, upper case.</param>
public readonly record struct Money(long AmountMinor, string Currency) : IComparable<Money>
{
    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Whether the amount is nothing.</summary>
    public bool IsZero => AmountMinor == 0;

    /// <summary>Whether the amount is above nothing.</summary>
    public bool IsPositive => AmountMinor > 0;

    /// <summary>The sum; throws <see cref="CurrencyMismatchException"/> for two currencies and <see cref="OverflowException"/> past 64 bits.</summary>
    public static Money operator +(Money left, Money right) =>
        new(checked(left.AmountMinor + right.AmountMinor), Same(left, right));

    /// <summary>The difference; throws as the sum does.</summary>
    public static Money operator -(Money left, Money right) =>
        new(checked(left.AmountMinor - right.AmountMinor), Same(left, right));

    /// <summary>The same amount owed the other way.</summary>
    public static Money operator -(Money value) => value with { AmountMinor = checked(-value.AmountMinor) };

    /// <summary>Whether the left amount is smaller; throws for two currencies.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is larger; throws for two currencies.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is at most the right; throws for two currencies.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is at least the right; throws for two currencies.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public int CompareTo(Money other)
    {
        Same(this, other);
        return AmountMinor.CompareTo(other.AmountMinor);
    }

    /// <summary>The amount in units with its currency, invariant: <c>1200.00 EUR</c>.</summary>
    public override string ToString() => Currencies.IsKnown(Currency) ? $"{MoneyText.Plain(this)} {Currency}" : $"{AmountMinor} {Currency}";

    /// <summary>The smaller of two amounts of one currency.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    private static string Same(Money left, Money right) =>
        string.Equals(left.Currency, right.Currency, StringComparison.Ordinal)
            ? left.Currency
            : throw new CurrencyMismatchException(left.Currency, right.Currency);
}

/// <summary>Two amounts of different currencies were compared or added.</summary>
public sealed class CurrencyMismatchException(string left, string right)
    : InvalidOperationException($"Amounts in {left} and {right} cannot be compared or added.");
