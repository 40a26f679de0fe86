namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>And, or: a side that decides the answer absorbs an error of the other.</summary>
internal sealed class CelLogic(int position, bool isAnd, CelNode left, CelNode right) : CelNode(position)
{
    private string Sign => isAnd ? "&&" : "||";

    public override CelValue Evaluate(IExpressionScope scope)
    {
        var first = left.Evaluate(scope);
        if (first.Kind == CelKind.Bool && first.Bool != isAnd)
            return first;
        var second = right.Evaluate(scope);
        if (second.Kind == CelKind.Bool && second.Bool != isAnd)
            return second;
        if (first.Kind != CelKind.Bool)
            return first.IsError ? first : NotBool(Sign, first);
        return second.Kind == CelKind.Bool || second.IsError ? second : NotBool(Sign, second);
    }

    public override CelType Check(CelChecker checker)
    {
        CheckBool(checker, Sign, left);
        return CheckBool(checker, Sign, right);
    }
}

/// <summary>One of two values, as a condition says.</summary>
internal sealed class CelConditional(int position, CelNode condition, CelNode whenTrue, CelNode whenFalse) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = condition.Evaluate(scope);
        if (value.Kind != CelKind.Bool)
            return value.IsError ? value : NotBool("?:", value);
        return (value.Bool ? whenTrue : whenFalse).Evaluate(scope);
    }

    public override CelType Check(CelChecker checker)
    {
        CheckBool(checker, "?:", condition);
        return CelType.OneOf(whenTrue.Check(checker), whenFalse.Check(checker));
    }
}

internal sealed class CelNot(int position, CelNode operand) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = operand.Evaluate(scope);
        return value.Kind == CelKind.Bool ? CelValue.Of(!value.Bool) : value.IsError ? value : NotBool("!", value);
    }

    public override CelType Check(CelChecker checker) => CheckBool(checker, "!", operand);
}
