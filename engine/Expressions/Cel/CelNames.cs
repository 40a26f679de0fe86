using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A variable of the scenario.</summary>
internal sealed class CelVariable(int position, string id, FunctionRegistry registry) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope) => registry.ToCel(scope.Variable(id));

    public override CelType Check(CelChecker checker) => checker.Types.Variable(id);
}

/// <summary>A value of the host, by name. It stays the same for all of a scope's life, so it is turned into a value of expressions once.</summary>
internal sealed class CelRoot(int position, string name, int slot, FunctionRegistry registry) : CelNode(position), IRootPath
{
    public string Path => name;

    public override CelValue Evaluate(IExpressionScope scope)
    {
        if (scope.RootValues.TryGet(slot, out var kept))
            return kept;
        return scope.TryRoot(name, out var value) ? scope.RootValues.Keep(slot, registry.ToCel(value)) : CelValue.Error($"There is no value called {name}.").At(Position);
    }

    public override CelType Check(CelChecker checker) => checker.Root(name, Position);
}

/// <summary>One of <c>variables</c>, <c>input</c> and <c>steps</c>.</summary>
internal sealed class CelRealm(int position, string name, Func<IExpressionScope, CelMap> open) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope) => CelValue.Of(open(scope));

    public override CelType Check(CelChecker checker) => checker.Types.Realm(name);
}

/// <summary>A member of a value, or whether it has one.</summary>
/// <param name="position">Where the member's name stands.</param>
/// <param name="operand">The value.</param>
/// <param name="member">The member.</param>
/// <param name="tests">Whether it is only asked for, as by <c>has()</c>.</param>
internal class CelSelect(int position, CelNode operand, string member, bool tests) : CelNode(position)
{
    private readonly CelValue _key = CelValue.Of(member);

    public CelNode Operand => operand;

    public string Member => member;

    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = operand.Evaluate(scope);
        if (value.IsError)
            return value;
        if (value.Kind != CelKind.Map)
            return CelValue.Error($"A value of type {value.TypeName} has no member {member}.").At(Position);
        var found = value.Map.TryGet(_key, out var result);
        if (tests)
            return CelValue.Of(found);
        return found ? result : CelValue.Error($"There is no {member}.").At(Position);
    }

    public override CelType Check(CelChecker checker)
    {
        var type = checker.Member(operand.Check(checker), member, Position);
        return tests ? CelType.Bool : type;
    }
}

/// <summary>A part that stands for a value of the host, or for a member of one.</summary>
internal interface IRootPath
{
    /// <summary>The way to it, as it is written: <c>invoice.amount</c>.</summary>
    string Path { get; }
}

/// <summary>A member of a value of the host: kept once it was read.</summary>
internal sealed class CelRootMember(int position, CelNode operand, string member, string path, int slot) : CelSelect(position, operand, member, tests: false), IRootPath
{
    public string Path => path;

    public override CelValue Evaluate(IExpressionScope scope)
    {
        if (scope.RootValues.TryGet(slot, out var kept))
            return kept;
        var value = base.Evaluate(scope);
        return value.IsError ? value : scope.RootValues.Keep(slot, value);
    }
}

/// <summary>An item of a list by its number, or of a map by its key.</summary>
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
            case CelKind.List when CelOperators.IsNumber(at):
                return ItemNumber(at) is { } number && number < value.Items.Count ? value.Items[number] : CelValue.Error($"The list has no item {at}; it has {value.Items.Count}.").At(Position);
            default:
                return CelValue.Error($"A value of type {value.TypeName} has no item {at}.").At(Position);
        }
    }

    public override CelType Check(CelChecker checker)
    {
        var type = operand.Check(checker);
        if (key is CelLiteral { Value: { Kind: CelKind.String } name } && type is CelMembers)
            return checker.Member(type, name.Text, key.Position);
        var at = key.Check(checker);
        var items = type.Options.Select(option => ItemOf(option, at)).OfType<CelType>().ToArray();
        if (items.Length > 0)
            return CelType.OneOf(items);
        checker.Report(ProblemCodes.NoItem, Position, type.Name, at.Name);
        return CelType.Dyn;
    }

    private static CelType? ItemOf(CelType type, CelType at) => type switch
    {
        CelListType list when at.Options.Any(option => option.IsNumber || option.IsDyn) => list.Item,
        CelMapType map when at.Fits(map.Key) || (at.Options.Any(option => option.IsNumber) && map.Key.Options.Any(option => option.IsNumber)) => map.Value,
        CelMembers when at.Fits(CelType.String) => CelType.Dyn,
        _ when type.IsDyn => CelType.Dyn,
        _ => null,
    };

    /// <summary>The number of an item: one of any kind of numbers, as long as it is whole.</summary>
    private static int? ItemNumber(CelValue at) => at.Kind switch
    {
        CelKind.Int when at.Int is >= 0 and < int.MaxValue => (int)at.Int,
        CelKind.UInt when at.UInt < int.MaxValue => (int)at.UInt,
        CelKind.Double when at.Double is >= 0 and < int.MaxValue && double.IsInteger(at.Double) => (int)at.Double,
        _ => null,
    };
}
