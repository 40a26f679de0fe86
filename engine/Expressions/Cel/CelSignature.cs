namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What a function takes and gives. Expressions are checked against it when a scenario is saved.</summary>
/// <param name="Result">What it gives.</param>
/// <param name="Parameters">What it takes, in order; one that may be of several types is a <see cref="CelType.OneOf"/>.</param>
public sealed record CelSignature(CelType Result, params IReadOnlyList<CelType> Parameters)
{
    /// <summary>
    /// Whether the same arguments can give another result later, as a clock does. All others are worked out once, when the
    /// scenario is compiled, where their arguments are written in the expression.
    /// </summary>
    public bool Changes { get; init; }
}
