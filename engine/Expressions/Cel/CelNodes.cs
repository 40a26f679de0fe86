using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A part of a parsed expression. Positions count characters from 1.</summary>
internal abstract class CelNode(int position)
{
    public int Position { get; } = position;

    public abstract CelValue Evaluate(IExpressionScope scope);

    /// <summary>What its value will be, as far as that is known before there is one; tells the checker what cannot be right.</summary>
    public abstract CelType Check(CelChecker checker);

    /// <summary>The node, or its value where all its parts are written in the expression; what has no value stays, to say why when it is asked.</summary>
    public static CelNode Folded(CelNode node, IEnumerable<CelNode> parts)
    {
        if (!parts.All(part => part is CelLiteral))
            return node;
        var value = node.Evaluate(NoScope.Instance);
        return value.IsError ? node : new CelLiteral(node.Position, value);
    }

    protected CelValue NotBool(string sign, CelValue value) => CelValue.Error($"{sign} takes true or false, not a value of type {value.TypeName}.").At(Position);

    protected CelType CheckBool(CelChecker checker, string sign, CelNode part)
    {
        var type = part.Check(checker);
        if (!type.Fits(CelType.Bool))
            checker.Report(ProblemCodes.NotBoolean, Position, sign, type.Name);
        return CelType.Bool;
    }

    /// <summary>Where nothing of a case is seen.</summary>
    private sealed class NoScope : IExpressionScope
    {
        public static NoScope Instance { get; } = new();

        public RootValues RootValues => new();

        public object? Variable(string id) => null;

        public object? Input(string name) => null;

        public IReadOnlyDictionary<string, object?> Inputs() => new Dictionary<string, object?>();

        public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => null;

        public bool TryRoot(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}

/// <summary>A value written in the expression, or worked out from such values once.</summary>
internal sealed class CelLiteral(int position, CelValue value) : CelNode(position)
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(IExpressionScope scope) => Value;

    public override CelType Check(CelChecker checker) => TypeOf(Value);

    private static CelType TypeOf(CelValue value) => value.Kind switch
    {
        CelKind.List when value.Items.Count > 0 => CelType.List(CelType.OneOf([.. value.Items.Select(TypeOf)])),
        CelKind.Map when value.Map.Count > 0 => CelType.Map(
            CelType.OneOf([.. value.Map.Entries().Select(entry => TypeOf(entry.Key))]),
            CelType.OneOf([.. value.Map.Entries().Select(entry => TypeOf(entry.Value))])),
        _ => value.ValueType,
    };
}

/// <summary>A list written in the expression.</summary>
internal sealed class CelListNode(int position, CelNode[] items) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        if (!CelBudget.TryTake(items.Length))
            return CelBudget.Error!.Value.At(Position);
        var values = new CelValue[items.Length];
        for (var index = 0; index < items.Length; index++)
        {
            values[index] = items[index].Evaluate(scope);
            if (values[index].IsError)
                return values[index];
        }

        return CelValue.Of(values);
    }

    public override CelType Check(CelChecker checker) =>
        items.Length == 0 ? CelType.AnyList : CelType.List(CelType.OneOf([.. items.Select(item => item.Check(checker))]));
}

/// <summary>A map written in the expression.</summary>
internal sealed class CelMapNode(int position, (CelNode Key, CelNode Value)[] entries) : CelNode(position)
{
    private static readonly CelType Keys = CelType.OneOf(CelType.String, CelType.Int, CelType.UInt, CelType.Bool);

    public override CelValue Evaluate(IExpressionScope scope)
    {
        if (!CelBudget.TryTake(entries.Length))
            return CelBudget.Error!.Value.At(Position);
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
                return CelValue.Error(Twice(key)).At(keyNode.Position);
        }

        return CelValue.Of(new CelLiteralMap(values));
    }

    public override CelType Check(CelChecker checker)
    {
        if (entries.Length == 0)
            return CelType.AnyMap;
        var written = new HashSet<CelValue>();
        var keys = entries.Select(entry => KeyOf(entry.Key, checker, written)).ToArray();
        return CelType.Map(CelType.OneOf(keys), CelType.OneOf([.. entries.Select(entry => entry.Value.Check(checker))]));
    }

    private static CelType KeyOf(CelNode key, CelChecker checker, HashSet<CelValue> written)
    {
        var type = key.Check(checker);
        if (!type.Fits(Keys))
            checker.Report(ProblemCodes.NoKey, key.Position, type.Name);
        else if (key is CelLiteral { Value: var value } && !written.Add(value))
            checker.Report(ProblemCodes.NoValue, key.Position, Twice(value));
        return type;
    }

    private static string Twice(CelValue key) => $"The key {key} stands there twice.";
}
