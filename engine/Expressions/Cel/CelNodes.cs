namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A part of a parsed expression. Positions count characters from 1.</summary>
internal abstract class CelNode(int position)
{
    public int Position { get; } = position;

    public abstract CelValue Evaluate(IExpressionScope scope);

    protected CelValue NotBool(string sign, CelValue value) => CelValue.Error($"{sign} takes true or false, not a value of type {value.TypeName}.").At(Position);
}

internal sealed class CelLiteral(int position, CelValue value) : CelNode(position)
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(IExpressionScope scope) => Value;
}

/// <summary>A name: a variable, or a value of the host.</summary>
internal sealed class CelName(int position, string name, string? variableId, FunctionRegistry registry) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        if (variableId is not null)
            return registry.ToCel(scope.Variable(variableId));
        return scope.TryRoot(name, out var value) ? registry.ToCel(value) : CelValue.Error($"There is no value called {name}.").At(Position);
    }
}

/// <summary>One of <c>variables</c>, <c>input</c> and <c>steps</c>.</summary>
internal sealed class CelRealm(int position, Func<IExpressionScope, CelMap> open) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope) => CelValue.Of(open(scope));
}

internal sealed class CelSelect(int position, CelNode operand, string member, bool tests) : CelNode(position)
{
    public CelNode Operand { get; } = operand;

    public string Member { get; } = member;

    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = Operand.Evaluate(scope);
        if (value.IsError)
            return value;
        if (value.Kind != CelKind.Map)
            return CelValue.Error($"A value of type {value.TypeName} has no member {Member}.").At(Position);
        var found = value.Map.TryGet(CelValue.Of(Member), out var result);
        if (tests)
            return CelValue.Of(found);
        return found ? result : CelValue.Error($"There is no {Member}.").At(Position);
    }
}

internal sealed class CelIndex(int position, CelNode operand, CelNode key) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = operand.Evaluate(scope);
        if (value.IsError)
            return value;
        var at = key.Evaluate(scope);
        if (at.IsError)
            return at;
        switch (value.Kind)
        {
            case CelKind.Map:
                return value.Map.TryGet(at, out var found) ? found : CelValue.Error($"There is no {at}.").At(Position);
            case CelKind.List when at.Kind == CelKind.Int:
                return at.Int >= 0 && at.Int < value.Items.Count ? value.Items[(int)at.Int] : CelValue.Error($"The list has no item {at.Int}; it has {value.Items.Count}.").At(Position);
            default:
                return CelValue.Error($"A value of type {value.TypeName} has no item {at}.").At(Position);
        }
    }
}

internal sealed class CelCall(int position, CelFunction function, CelNode[] arguments) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var values = new CelValue[arguments.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            values[index] = arguments[index].Evaluate(scope);
            if (values[index].IsError)
                return values[index];
        }

        try
        {
            return function(values).At(Position);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return CelValue.Error(exception is OverflowException ? "The result is too large." : exception.Message).At(Position);
        }
    }
}

internal sealed class CelListNode(int position, CelNode[] items) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var values = new CelValue[items.Length];
        for (var index = 0; index < items.Length; index++)
        {
            values[index] = items[index].Evaluate(scope);
            if (values[index].IsError)
                return values[index];
        }

        return CelValue.Of(values);
    }
}

internal sealed class CelMapNode(int position, (CelNode Key, CelNode Value)[] entries) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var values = new Dictionary<CelValue, CelValue>(entries.Length);
        foreach (var (keyNode, valueNode) in entries)
        {
            var key = keyNode.Evaluate(scope);
            if (key.IsError)
                return key;
            if (key.Kind is not (CelKind.String or CelKind.Int or CelKind.UInt or CelKind.Bool))
                return CelValue.Error($"A value of type {key.TypeName} cannot be a key.").At(keyNode.Position);
            var value = valueNode.Evaluate(scope);
            if (value.IsError)
                return value;
            if (!values.TryAdd(key, value))
                return CelValue.Error($"The key {key} stands there twice.").At(keyNode.Position);
        }

        return CelValue.Of(new CelLiteralMap(values));
    }
}

/// <summary>And, or: a side that decides the answer absorbs an error of the other.</summary>
internal sealed class CelLogic(int position, bool isAnd, CelNode left, CelNode right) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var first = left.Evaluate(scope);
        if (first.Kind == CelKind.Bool && first.Bool != isAnd)
            return first;
        var second = right.Evaluate(scope);
        if (second.Kind == CelKind.Bool && second.Bool != isAnd)
            return second;
        if (first.Kind != CelKind.Bool)
            return first.IsError ? first : NotBool(isAnd ? "&&" : "||", first);
        return second.Kind == CelKind.Bool || second.IsError ? second : NotBool(isAnd ? "&&" : "||", second);
    }
}

internal sealed class CelConditional(int position, CelNode condition, CelNode whenTrue, CelNode whenFalse) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = condition.Evaluate(scope);
        if (value.Kind != CelKind.Bool)
            return value.IsError ? value : NotBool("?:", value);
        return (value.Bool ? whenTrue : whenFalse).Evaluate(scope);
    }
}

internal sealed class CelNot(int position, CelNode operand) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = operand.Evaluate(scope);
        return value.Kind == CelKind.Bool ? CelValue.Of(!value.Bool) : value.IsError ? value : NotBool("!", value);
    }
}

internal sealed class CelNegate(int position, CelNode operand) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = operand.Evaluate(scope);
        return value.Kind switch
        {
            CelKind.Error => value,
            CelKind.Int => value.Int == long.MinValue ? CelValue.Error("The result is too large.").At(Position) : CelValue.Of(-value.Int),
            CelKind.Double => CelValue.Of(-value.Double),
            CelKind.Duration => CelValue.Of(-value.Duration),
            CelKind.Opaque => CelOperators.Arithmetic('-', CelValue.Of(0L), value).At(Position),
            _ => CelValue.Error($"- cannot be applied to {value.TypeName}.").At(Position),
        };
    }
}

internal sealed class CelBinary(int position, string sign, CelNode left, CelNode right) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var first = left.Evaluate(scope);
        if (first.IsError)
            return first;
        var second = right.Evaluate(scope);
        if (second.IsError)
            return second;
        return (sign switch
        {
            "==" => CelValue.Of(CelOperators.AreEqual(first, second)),
            "!=" => CelValue.Of(!CelOperators.AreEqual(first, second)),
            "in" => In(first, second),
            "<" or "<=" or ">" or ">=" => Ordered(first, second),
            _ => CelOperators.Arithmetic(sign[0], first, second),
        }).At(Position);
    }

    private CelValue Ordered(CelValue first, CelValue second)
    {
        if (CelOperators.Compare(first, second) is not { } order)
            return CelOperators.IsNumber(first) && CelOperators.IsNumber(second) ? CelValue.False : CelOperators.NoOverload(sign, first, second);
        return CelValue.Of(sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }

    private static CelValue In(CelValue item, CelValue collection) => collection.Kind switch
    {
        CelKind.List => CelValue.Of(collection.Items.Any(other => CelOperators.AreEqual(item, other))),
        CelKind.Map => CelValue.Of(collection.Map.TryGet(item, out _)),
        _ => CelOperators.NoOverload("in", item, collection),
    };
}
