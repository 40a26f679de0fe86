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

    /// <summary>Its value; throws <see cref="ExpressionException"/>.</summary>
    public abstract object? Evaluate(IExpressionScope scope);
}

/// <summary>What an expression can see of a case.</summary>
internal interface IExpressionScope
{
    /// <summary>The value of a variable, by the identity it has in the scenario.</summary>
    object? Variable(string id);

    /// <summary>What started the case, or what has just resumed it, by name.</summary>
    object? Input(string name);

    /// <summary>All of the input, by name.</summary>
    IReadOnlyDictionary<string, object?> Inputs();

    /// <summary>What a step left behind, by name; null where it has not run.</summary>
    IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId);

    /// <summary>A value of the host that was fetched for this evaluation.</summary>
    bool TryRoot(string name, out object? value);
}

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Message">What is wrong, for whoever wrote it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record ExpressionProblem(string Message, int Line = 1, int Column = 1)
{
    /// <summary>The syntax it is written in, where that is the problem: it does not run here.</summary>
    public string? UnsupportedSyntax { get; init; }
}

/// <summary>An expression has no value: its text is wrong, or what it looked at does not fit.</summary>
public sealed class ExpressionException(ExpressionProblem problem, Exception? inner = null)
    : Exception($"{problem.Message} (line {problem.Line}, column {problem.Column})", inner)
{
    /// <summary>What is wrong, and where.</summary>
    public ExpressionProblem Problem { get; } = problem;
}
