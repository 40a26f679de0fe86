using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>An operator between two values; an error of either is the result.</summary>
internal abstract class CelOperation(int position, string sign, CelNode left, CelNode right) : CelNode(position)
{
    protected string Sign => sign;

    public sealed override CelValue Evaluate(IExpressionScope scope)
    {
        var first = left.Evaluate(scope);
        if (first.IsError)
            return first;
        var second = right.Evaluate(scope);
        return second.IsError ? second : Apply(first, second);
    }

    public sealed override CelType Check(CelChecker checker)
    {
        var (first, second) = (left.Check(checker), right.Check(checker));
        if (TypeOf(first, second) is not { } type)
        {
            ReportMismatch(checker, first, second);
            return CelType.Dyn;
        }

        if (left is CelLiteral one && right is CelLiteral other && Apply(one.Value, other.Value) is { IsError: true } never)
            checker.Report(ProblemCodes.NoValue, Position, never.Text);
        return type;
    }

    protected abstract CelValue Apply(in CelValue first, in CelValue second);

    /// <summary>What the operator gives for two types; null where it means nothing to them.</summary>
    protected abstract CelType? TypeOf(CelType first, CelType second);

    protected virtual void ReportMismatch(CelChecker checker, CelType first, CelType second) =>
        checker.Report(ProblemCodes.NoOverload, Position, Sign, first.Name, second.Name);
}

internal sealed class CelEquality(int position, string sign, CelNode left, CelNode right) : CelOperation(position, sign, left, right)
{
    private readonly bool _wanted = sign == "==";

    protected override CelValue Apply(in CelValue first, in CelValue second) => CelValue.Of(CelOperators.AreEqual(first, second) == _wanted);

    protected override CelType? TypeOf(CelType first, CelType second) => CelOperatorTypes.MayBeEqual(first, second) ? CelType.Bool : null;

    protected override void ReportMismatch(CelChecker checker, CelType first, CelType second) => checker.Report(ProblemCodes.NeverEqual, Position, first.Name, second.Name);
}

internal sealed class CelOrdering(int position, string sign, CelNode left, CelNode right) : CelOperation(position, sign, left, right)
{
    private readonly bool _less = sign[0] == '<';
    private readonly bool _equal = sign.Length == 2;

    protected override CelValue Apply(in CelValue first, in CelValue second)
    {
        if (CelOperators.Compare(first, second) is { } order)
            return CelValue.Of(order == 0 ? _equal : order < 0 == _less);
        return CelOperators.IsUnordered(first, second) ? CelValue.False : CelOperators.NoOverload(Sign, first, second).At(Position);
    }

    protected override CelType? TypeOf(CelType first, CelType second) => CelOperatorTypes.HaveOrder(first, second) ? CelType.Bool : null;
}

internal sealed class CelArithmetic(int position, string sign, CelNode left, CelNode right) : CelOperation(position, sign, left, right)
{
    protected override CelValue Apply(in CelValue first, in CelValue second) => CelOperators.Arithmetic(Sign[0], first, second).At(Position);

    protected override CelType? TypeOf(CelType first, CelType second) => CelOperatorTypes.Combined(Sign[0], first, second);
}

/// <summary>Whether a list holds a value, or a map has a key.</summary>
internal sealed class CelMembership(int position, CelNode item, CelNode collection) : CelOperation(position, "in", item, collection)
{
    protected override CelValue Apply(in CelValue first, in CelValue second) => second.Kind switch
    {
        CelKind.List => CelValue.Of(CelOperators.Contains(second.Items, first)),
        CelKind.Map => CelValue.Of(second.Map.TryGet(first, out _)),
        _ => CelOperators.NoOverload(Sign, first, second).At(Position),
    };

    protected override CelType? TypeOf(CelType first, CelType second) => CelOperatorTypes.MayHold(second, first) ? CelType.Bool : null;
}

internal sealed class CelNegate(int position, CelNode operand) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope) => Negated(operand.Evaluate(scope));

    public override CelType Check(CelChecker checker)
    {
        var type = operand.Check(checker);
        var results = type.Options.Where(CelOperatorTypes.CanBeNegated).ToArray();
        if (results.Length == 0)
        {
            checker.Report(ProblemCodes.NoOperand, Position, "-", type.Name);
            return CelType.Dyn;
        }

        if (operand is CelLiteral written && Negated(written.Value) is { IsError: true } never)
            checker.Report(ProblemCodes.NoValue, Position, never.Text);
        return CelType.OneOf(results);
    }

    private CelValue Negated(CelValue value) => value.Kind switch
    {
        CelKind.Error => value,
        CelKind.Int => value.Int == long.MinValue ? CelValue.Error(CelOperators.TooLarge).At(Position) : CelValue.Of(-value.Int),
        CelKind.Double => CelValue.Of(-value.Double),
        CelKind.Duration => value.Duration == TimeSpan.MinValue ? CelValue.Error(CelOperators.TooLarge).At(Position) : CelValue.Of(-value.Duration),
        CelKind.Opaque => CelOperators.Arithmetic('-', CelValue.Of(0L), value).At(Position),
        _ => CelValue.Error($"- cannot be applied to {value.TypeName}.").At(Position),
    };
}
