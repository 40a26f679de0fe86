using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>An expression, parsed once, that is evaluated whenever its step runs.</summary>
internal abstract class CompiledExpression
{
    /// <summary>The host's values it looks at; they are fetched before it is evaluated.</summary>
    public virtual IReadOnlyList<string> Roots => [];

    /// <summary>The steps whose outputs it looks at; "*" for any.</summary>
    public virtual IReadOnlyList<string> Steps => [];

    /// <summary>Whether it has the same value in every case.</summary>
    public virtual bool IsConstant => false;

    /// <summary>What is wrong with its text; null where nothing is.</summary>
    public virtual ExpressionProblem? Problem => null;

    /// <summary>What cannot be right about it, given the types of all it can name.</summary>
    /// <param name="types">What it can name.</param>
    /// <param name="wanted">What its value is for; null where anything will do.</param>
    public virtual IReadOnlyList<ExpressionFinding> Check(ExpressionTypes types, Type? wanted) => [];

    /// <summary>Its value; throws <see cref="ExpressionException"/>.</summary>
    public abstract object? Evaluate(IExpressionScope scope);
}

/// <summary>What an expression can see of a case.</summary>
internal interface IExpressionScope
{
    /// <summary>The value of a variable, by the identity it has in the scenario.</summary>
    object? Variable(string id);

    /// <summary>The variables that the scenario declares, by name.</summary>
    IEnumerable<string> VariableNames => [];

    /// <summary>The steps that left something.</summary>
    IEnumerable<string> StepsThatLeft => [];

    /// <summary>What started the case, or what has just resumed it, by name.</summary>
    object? Input(string name);

    /// <summary>All of the input, by name, what is declared as its type.</summary>
    IReadOnlyDictionary<string, object?> Inputs();

    /// <summary>All of the input, by name, as it came: for texts, where a date must stay the day that it was sent as.</summary>
    IReadOnlyDictionary<string, object?> InputsAsSent() => Inputs();

    /// <summary>What a step left behind, by name; null where it has not run.</summary>
    IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId);

    /// <summary>A value of the host that was fetched for this evaluation.</summary>
    bool TryRoot(string name, out object? value);

    /// <summary>What expressions have read of the host's values already.</summary>
    RootValues RootValues { get; }
}

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Message">What is wrong, for whoever wrote it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record ExpressionProblem(string Message, int Line = 1, int Column = 1)
{
    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The syntax it is written in, where that is the problem: it does not run here.</summary>
    public string? UnsupportedSyntax { get; init; }
}

/// <summary>Something in an expression that cannot be right, found before it was ever evaluated.</summary>
/// <param name="Code">What it is (<see cref="ProblemCodes"/>).</param>
/// <param name="Arguments">What the code's text names.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Suggestion">What was probably meant; null for nothing.</param>
/// <param name="IsDoubt">Whether it may still be right.</param>
internal sealed record ExpressionFinding(string Code, IReadOnlyList<string> Arguments, TextPlace Place, string? Suggestion, bool IsDoubt)
{
    public static ExpressionFinding Of(CelFinding finding, string text) => new(finding.Code, finding.Arguments, TextPlace.Of(text, finding.Position), finding.Suggestion, finding.IsDoubt);
}

/// <summary>An expression has no value: its text is wrong, or what it looked at does not fit.</summary>
public sealed class ExpressionException(ExpressionProblem problem, Exception? inner = null)
    : Exception($"{problem.Message} (line {problem.Line}, column {problem.Column})", inner)
{
    /// <summary>What is wrong, and where.</summary>
    public ExpressionProblem Problem { get; } = problem;
}
