namespace CentralPay.Workflows.Payments.Rules;

/// <summary>Rules for days that somebody gives: of an invoice that comes in, or is made up.</summary>
public static class DateRules
{
    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateOnly LastDay = new(2100, 12, 31);

    /// <summary>The rule that the day breaks: it is needed, and within a century that can be meant. Null when it breaks none.</summary>
    public static RuleViolation? Broken(string field, DateOnly? day) => day switch
    {
        null => RuleViolation.Of(field, RuleCodes.Required),
        _ when day < FirstDay || day > LastDay => RuleViolation.Of(field, RuleCodes.DateOutOfRange, ("from", $"{FirstDay:yyyy-MM-dd}"), ("to", $"{LastDay:yyyy-MM-dd}")),
        _ => null,
    };
}
