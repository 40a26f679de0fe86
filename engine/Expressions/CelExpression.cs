using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>A parsed CEL expression.</summary>
internal sealed class CelExpression(string text, CelNode node, string[] roots, string[] steps, bool hasMacros) : CompiledExpression
{
    private const int MaxLength = 10_000;

    public override IReadOnlyList<string> Roots => roots;

    public override IReadOnlyList<string> Steps => steps;

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="registry">The functions and types it can use.</param>
    /// <param name="variableId">The identity of a variable by its name.</param>
    /// <param name="paths">Numbers its ways to values of the host; shared by all expressions that are evaluated in one scope.</param>
    public static CompiledExpression Parse(string text, FunctionRegistry registry, Func<string, string?> variableId, RootPaths paths)
    {
        if (text.Length > MaxLength)
            return new FailingExpression(new ExpressionProblem($"The expression is longer than {MaxLength} characters."));
        if (string.IsNullOrWhiteSpace(text))
            return new FailingExpression(new ExpressionProblem("The expression is empty."));
        try
        {
            var (node, roots, steps, hasMacros) = CelParser.Parse(text, registry, variableId, paths);
            return new CelExpression(text, node, roots, steps, hasMacros);
        }
        catch (CelSyntaxException exception)
        {
            return new FailingExpression(ProblemAt(text, exception.Message, exception.Position) with { Suggestion = exception.Suggestion });
        }
    }

    public override object? Evaluate(IExpressionScope scope)
    {
        if (!hasMacros)
            return Given(node.Evaluate(scope));
        CelBudget.Begin();
        try
        {
            return Given(WithinBudget(node.Evaluate(scope)));
        }
        finally
        {
            CelBudget.End();
        }
    }

    public CelValue EvaluateCel(IExpressionScope scope)
    {
        if (!hasMacros)
            return node.Evaluate(scope);
        CelBudget.Begin();
        try
        {
            return WithinBudget(node.Evaluate(scope));
        }
        finally
        {
            CelBudget.End();
        }
    }

    public override IReadOnlyList<ExpressionFinding> Check(ExpressionTypes types, Type? wanted)
    {
        var checker = new CelChecker(types);
        var result = node.Check(checker);
        if (wanted is not null && checker.Findings.Count == 0 && ResultFit.Of(result, wanted) is var fit and not Fit.Fits)
            checker.Report(new CelFinding(ProblemCodes.Result, node.Position, [ResultFit.NameOf(wanted), result.Name]) { IsDoubt = fit == Fit.Doubtful });
        return [.. checker.Findings.Select(finding => ExpressionFinding.Of(finding, text))];
    }

    private object? Given(CelValue value) => value.IsError ? throw new ExpressionException(ProblemAt(text, value.Text, value.Position)) : FunctionRegistry.FromCel(value);

    // What came out after the budget was spent may be wrong, whatever && and || made of it.
    private CelValue WithinBudget(CelValue value) => CelBudget.Error is not { } spent || (value.IsError && value.Text == spent.Text) ? value : spent.At(node.Position);

    private static ExpressionProblem ProblemAt(string text, string message, int position)
    {
        var place = TextPlace.Of(text, position);
        return new ExpressionProblem(message, place.Line, place.Column);
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
