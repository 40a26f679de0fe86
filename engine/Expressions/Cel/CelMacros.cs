using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The macros that go through a list, or the keys of a map, with a name for each item (CEL language definition, "Macros").</summary>
internal static class CelMacros
{
    /// <summary>Whether a name with so many arguments after its receiver is a macro.</summary>
    public static bool Is(string name, int arguments) => (name, arguments) is ("all" or "exists" or "exists_one" or "existsOne" or "filter" or "map", 2) or ("map", 3);

    /// <summary>Whether a name is that of a macro.</summary>
    public static bool Is(string name) => Is(name, 2);
}

/// <summary>The name that a macro gives to the item at hand.</summary>
internal sealed class CelLocal(string name)
{
    public string Name { get; } = name;
}

/// <summary>Reads the item at hand.</summary>
internal sealed class CelLocalName(int position, CelLocal local) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        for (var inner = scope as CelLocalScope; inner is not null; inner = inner.Outer as CelLocalScope)
        {
            if (ReferenceEquals(inner.Local, local))
                return inner.Value;
        }

        return CelValue.Error($"There is no value called {local.Name}.").At(Position);
    }

    public override CelType Check(CelChecker checker) => checker.Local(local);
}

/// <summary>What an expression sees inside a macro: the item, and all that is seen outside.</summary>
internal sealed class CelLocalScope(IExpressionScope outer, CelLocal local) : IExpressionScope
{
    public IExpressionScope Outer => outer;

    public CelLocal Local => local;

    /// <summary>The item at hand.</summary>
    public CelValue Value { get; set; }

    public object? Variable(string id) => outer.Variable(id);

    public object? Input(string name) => outer.Input(name);

    public IReadOnlyDictionary<string, object?> Inputs() => outer.Inputs();

    public IReadOnlyDictionary<string, object?> InputsAsSent() => outer.InputsAsSent();

    public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => outer.StepOutputs(nodeId);

    public bool TryRoot(string name, out object? value) => outer.TryRoot(name, out value);

    public RootValues RootValues => outer.RootValues;
}

/// <summary>A macro over the items of a list or the keys of a map.</summary>
internal sealed class CelMacro(int position, string name, CelNode range, CelLocal local, CelNode? condition, CelNode body) : CelNode(position)
{
    public override CelValue Evaluate(IExpressionScope scope)
    {
        var value = range.Evaluate(scope);
        if (value.IsError)
            return value;
        IEnumerable<CelValue>? items = value.Kind switch
        {
            CelKind.List => value.Items,
            CelKind.Map => value.Map.Entries().Select(entry => entry.Key),
            _ => null,
        };
        return items is null
            ? CelValue.Error($"{name} goes through a list or a map, not a value of type {value.TypeName}.").At(Position)
            : GoThrough(items, new CelLocalScope(scope, local));
    }

    public override CelType Check(CelChecker checker)
    {
        var type = range.Check(checker);
        var items = type.Options.Select(ItemOf).OfType<CelType>().ToArray();
        if (items.Length == 0)
            checker.Report(ProblemCodes.NotAList, Position, name, type.Name);
        var item = items.Length == 0 ? CelType.Dyn : CelType.OneOf(items);
        checker.Declare(local, item);
        if (condition is not null)
            CheckBool(checker, name, condition);
        if (name is "map")
            return CelType.List(body.Check(checker));
        CheckBool(checker, name, body);
        return name is "filter" ? CelType.List(item) : CelType.Bool;
    }

    private static CelType? ItemOf(CelType range) => range switch
    {
        CelListType list => list.Item,
        CelMapType map => map.Key,
        CelMembers => CelType.String,
        _ => range.IsDyn ? range : null,
    };

    private CelValue GoThrough(IEnumerable<CelValue> items, CelLocalScope scope)
    {
        var kept = name is "map" or "filter" ? new List<CelValue>() : null;
        var held = 0;
        CelValue? error = null;
        foreach (var item in items)
        {
            if (!CelBudget.TryLook())
                return CelBudget.Error!.Value.At(Position);
            scope.Value = item;
            if (name is "map")
            {
                if (condition is not null)
                {
                    var wanted = Test(condition, scope);
                    if (wanted.IsError)
                        return wanted;
                    if (!wanted.Bool)
                        continue;
                }

                var mapped = body.Evaluate(scope);
                if (mapped.IsError)
                    return mapped;
                kept!.Add(mapped);
                continue;
            }

            var holds = Test(body, scope);
            if (holds.IsError)
            {
                // Of all and exists an item that decides absorbs the error of another; nothing decides the others.
                if (name is not ("all" or "exists"))
                    return holds;
                error ??= holds;
                continue;
            }

            if (holds.Bool)
            {
                held++;
                kept?.Add(item);
            }

            if (name is "all" && !holds.Bool)
                return CelValue.False;
            if (name is "exists" && holds.Bool)
                return CelValue.True;
        }

        return name switch
        {
            "all" => error ?? CelValue.True,
            "exists" => error ?? CelValue.False,
            "exists_one" or "existsOne" => CelValue.Of(held == 1),
            _ => CelValue.Of(kept!),
        };
    }

    private CelValue Test(CelNode test, IExpressionScope scope)
    {
        var value = test.Evaluate(scope);
        return value.Kind == CelKind.Bool || value.IsError ? value : NotBool(name, value);
    }
}
