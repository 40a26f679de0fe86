using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>
/// The most that one amount may be where people and programs give it: sums of millions of such amounts still fit 64 bits.
/// Money that really came in, by bank or gateway, is never refused for it.
/// </summary>
public static class AmountLimit
{
    /// <summary>The most, in minor units of any currency: ten thousand million euro.</summary>
    public const long MostMinor = 1_000_000_000_000;

    /// <summary>The rule that an amount above the limit breaks, the limit named in its currency; null for one within.</summary>
    public static RuleViolation? Broken(string field, Money amount) =>
        amount.AmountMinor > MostMinor ? RuleViolation.Of(field, RuleCodes.AmountTooLarge, ("limit", Of(amount.Currency))) : null;

    /// <summary>The limit as machines write it: <c>10000000000.00 EUR</c>.</summary>
    public static string Of(string currency) => new Money(MostMinor, currency).ToString();
}
