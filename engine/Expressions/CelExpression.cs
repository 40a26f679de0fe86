using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>A parsed CEL expression.</summary>
internal sealed class CelExpression(string text, CelNode node, string[] roots, string[] steps) : CompiledExpression
{
    private const int MaxLength = 10_000;

    public override IReadOnlyList<string> Roots => roots;

    public override IReadOnlyList<string> Steps => steps;

    public static CompiledExpression Parse(string text, FunctionRegistry registry, Func<string, string?> variableId)
    {
        if (text.Length > MaxLength)
            return new FailingExpression(new ExpressionProblem($"The expression is longer than {MaxLength} characters."));
        if (string.IsNullOrWhiteSpace(text))
            return new FailingExpression(new ExpressionProblem("The expression is empty."));
        try
        {
            var (node, roots, steps) = CelParser.Parse(text, registry, variableId);
            return new CelExpression(text, node, roots, steps);
        }
        catch (CelSyntaxException exception)
        {
            return new FailingExpression(ProblemAt(text, exception.Message, exception.Position));
        }
    }

    public override object? Evaluate(IExpressionScope scope)
    {
        var value = EvaluateCel(scope);
        return value.IsError ? throw new ExpressionException(ProblemAt(text, value.Text, value.Position)) : FunctionRegistry.FromCel(value);
    }

    public CelValue EvaluateCel(IExpressionScope scope) => node.Evaluate(scope);

    private static ExpressionProblem ProblemAt(string text, string message, int position)
    {
        var before = text.AsSpan(0, Math.Clamp(position - 1, 0, text.Length));
        var line = before.Count('\n') + 1;
        return new ExpressionProblem(message, line, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }
}

/// <summary>An expression that cannot be evaluated; a case that reaches it says why.</summary>
internal sealed class FailingExpression(ExpressionProblem problem) : CompiledExpression
{
    public override ExpressionProblem Problem => problem;

    public override object? Evaluate(IExpressionScope scope) => throw new ExpressionException(problem);
}

/// <summary>A value that is the same in every case.</summary>
internal sealed class ConstantExpression(object? value) : CompiledExpression
{
    public override bool IsConstant => true;

    public object? Value => value;

    public override object? Evaluate(IExpressionScope scope) => value;
}

/// <summary>The value of a variable.</summary>
internal sealed class VariableExpression(string id) : CompiledExpression
{
    public override object? Evaluate(IExpressionScope scope) => scope.Variable(id);
}

/// <summary>A value that came with the start or the resume.</summary>
internal sealed class InputExpression(string name) : CompiledExpression
{
    public override object? Evaluate(IExpressionScope scope) => scope.Input(name);
}
