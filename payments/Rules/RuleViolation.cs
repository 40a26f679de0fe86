namespace CentralPay.Workflows.Payments.Rules;

/// <summary>One rule that an input breaks: where, which, and with what values. Pages and the API put it into the reader's language.</summary>
/// <param name="Field">The field concerned, as the caller named it (<c>dueDate</c>, <c>file</c>).</param>
/// <param name="Code">The rule, in kebab case (<see cref="RuleCodes"/>).</param>
/// <param name="Arguments">Values that the text about it shows.</param>
public sealed record RuleViolation(string Field, string Code, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>A violation with the values its text shows.</summary>
    public static RuleViolation Of(string field, string code, params (string Name, string Value)[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new(field, code, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
    }
}

/// <summary>The input breaks rules of the domain: nothing was changed, and each violation names field and rule.</summary>
public sealed class RuleViolationException(IReadOnlyList<RuleViolation> violations)
    : Exception("Refused: " + string.Join(", ", violations.Select(violation => $"{violation.Field} {violation.Code}")) + ".")
{
    /// <summary>What was broken; never empty.</summary>
    public IReadOnlyList<RuleViolation> Violations { get; } = violations;

    /// <summary>One broken rule.</summary>
    public static RuleViolationException Of(string field, string code, params (string Name, string Value)[] arguments) =>
        new([RuleViolation.Of(field, code, arguments)]);
}
