namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The variables of a case, by name.</summary>
internal sealed class CelVariablesMap(IExpressionScope scope, Func<string, string?> variableId, FunctionRegistry registry) : CelMap
{
    public override int Count => scope.VariableNames.Count();

    public override bool TryGet(CelValue key, out CelValue value)
    {
        value = default;
        if (key.Kind != CelKind.String)
            return false;
        var declared = variableId(key.Text);
        var stored = scope.Variable(declared ?? key.Text);
        value = registry.ToCel(stored);
        return declared is not null || stored is not null;
    }

    public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() => scope.VariableNames.Select(name => KeyValuePair.Create(CelValue.Of(name), TryGet(CelValue.Of(name), out var value) ? value : default));
}

/// <summary>What steps left behind, by step; a step that has not run left nothing.</summary>
internal sealed class CelStepsMap(IExpressionScope scope, FunctionRegistry registry) : CelMap
{
    private static readonly Dictionary<string, object?> Nothing = [];

    public override int Count => scope.StepsThatLeft.Count();

    public override bool TryGet(CelValue key, out CelValue value)
    {
        value = key.Kind == CelKind.String ? CelValue.Of(new CelHostMap(scope.StepOutputs(key.Text) ?? Nothing, registry)) : default;
        return key.Kind == CelKind.String;
    }

    public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() => scope.StepsThatLeft.Select(step => KeyValuePair.Create(CelValue.Of(step), TryGet(CelValue.Of(step), out var left) ? left : default));
}
