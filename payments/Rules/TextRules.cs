using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Rules;

/// <summary>Rules for what people type into text fields.</summary>
public static class TextRules
{
    /// <summary>Throws <see cref="RuleViolationException"/> when the text is empty, longer than the limit in characters, or holds a card number.</summary>
    public static void Check(string field, string? text, int limit)
    {
        if (Broken(field, text, limit) is { } violation)
        {
            throw new RuleViolationException([violation]);
        }
    }

    /// <summary>The rule that the text breaks; null when it breaks none.</summary>
    public static RuleViolation? Broken(string field, string? text, int limit) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => RuleViolation.Of(field, RuleCodes.Required),
        { Length: var length } when length > limit => RuleViolation.Of(field, RuleCodes.TooLong, ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        _ when CardNumber.IsIn(text) => RuleViolation.Of(field, RuleCodes.CardNumber),
        _ => null,
    };
}
