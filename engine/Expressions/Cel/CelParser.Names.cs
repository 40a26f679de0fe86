namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What a name that stands alone means: the item of a macro, a word of CEL, a variable, a type, a value of the host.</summary>
internal sealed partial class CelParser
{
    private static readonly HashSet<string> Reserved =
        ["as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"];

    private static readonly Dictionary<string, CelType> Types = new[]
    {
        CelType.Bool, CelType.Int, CelType.UInt, CelType.Double, CelType.String, CelType.Bytes, CelType.AnyList, CelType.AnyMap, CelType.Null, CelType.Type,
    }.ToDictionary(type => type.Name);

    private CelNode Name(CelToken token)
    {
        foreach (var local in _locals)
        {
            if (local.Name == token.Text)
                return new CelLocalName(token.Position, local);
        }

        return GlobalName(token);
    }

    private CelNode GlobalName(CelToken token)
    {
        switch (token.Text)
        {
            case "true":
                return new CelLiteral(token.Position, CelValue.True);
            case "false":
                return new CelLiteral(token.Position, CelValue.False);
            case "null":
                return new CelLiteral(token.Position, CelValue.Null);
            case "in":
                throw Unexpected("a value");
            case "input":
                return new CelRealm(token.Position, token.Text, scope => new CelHostMap(scope.Inputs(), _registry));
            case "variables":
                return new CelRealm(token.Position, token.Text, scope => new CelVariablesMap(scope, _variableId, _registry));
            case "steps":
                if (!IsSign(".") && !IsSign("["))
                    _steps.Add("*");
                return _openSteps = new CelRealm(token.Position, token.Text, scope => new CelStepsMap(scope, _registry));
        }

        if (_variableId(token.Text) is { } variableId)
            return new CelVariable(token.Position, variableId, _registry);
        if (TypeNamed(token) is { } type)
            return new CelLiteral(token.Position, CelValue.Of(type));
        if (Reserved.Contains(token.Text))
            throw new CelSyntaxException($"\"{token.Text}\" is a word that CEL keeps for itself.", token.Position);
        _roots.Add(token.Text);
        return new CelRoot(token.Position, token.Text, _paths.SlotOf(token.Text), _registry);
    }

    /// <summary>A type, as <c>type(x) == int</c> names it. Types of Protocol Buffers have names in three parts.</summary>
    private CelType? TypeNamed(CelToken token)
    {
        if (Types.TryGetValue(token.Text, out var known))
            return known;
        if (token.Text != "google")
            return _registry.TypeNamed(token.Text);
        foreach (var type in (CelType[])[CelType.Timestamp, CelType.Duration])
        {
            var rest = type.Name.Split('.').Skip(1).SelectMany(part => new[] { ".", part }).ToArray();
            if (!_tokens.Skip(_next).Take(rest.Length).Select(next => next.Text).SequenceEqual(rest))
                continue;
            _next += rest.Length;
            return type;
        }

        return null;
    }
}
