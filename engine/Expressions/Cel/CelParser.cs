using System.Globalization;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Builds an expression from its words, by CEL's grammar.</summary>
internal sealed partial class CelParser
{
    private const int MaxDepth = 100;
    private const int MaxPathLength = 200;
    private readonly List<CelToken> _tokens;
    private readonly FunctionRegistry _registry;
    private readonly Func<string, string?> _variableId;
    private readonly RootPaths _paths;
    private readonly HashSet<string> _roots = [];
    private readonly HashSet<string> _steps = [];
    private readonly Stack<CelLocal> _locals = new();
    private int _next;
    private int _depth;
    private bool _hasMacros;

    private CelParser(string text, FunctionRegistry registry, Func<string, string?> variableId, RootPaths paths)
    {
        _tokens = CelLexer.Read(text);
        _registry = registry;
        _variableId = variableId;
        _paths = paths;
    }

    /// <summary>Parses an expression; throws <see cref="CelSyntaxException"/>.</summary>
    public static (CelNode Node, string[] Roots, string[] Steps, bool HasMacros) Parse(string text, FunctionRegistry registry, Func<string, string?> variableId, RootPaths paths)
    {
        var parser = new CelParser(text, registry, variableId, paths);
        var node = parser.Conditional();
        if (parser.Current.Kind != CelTokenKind.End)
            throw parser.Unexpected();
        return (node, [.. parser._roots], [.. parser._steps], parser._hasMacros);
    }

    private CelToken Current => _tokens[_next];

    private CelNode Conditional()
    {
        if (++_depth > MaxDepth)
            throw new CelSyntaxException("The expression is nested too deeply.", Current.Position);
        var condition = Or();
        if (TakeSign("?") is { } question)
        {
            var whenTrue = Or();
            Expect(":");
            condition = new CelConditional(question.Position, condition, whenTrue, Conditional());
        }

        _depth--;
        return condition;
    }

    private CelNode Or()
    {
        var left = And();
        while (TakeSign("||") is { } sign)
            left = new CelLogic(sign.Position, isAnd: false, left, And());
        return left;
    }

    private CelNode And()
    {
        var left = Relation();
        while (TakeSign("&&") is { } sign)
            left = new CelLogic(sign.Position, isAnd: true, left, Relation());
        return left;
    }

    private CelNode Relation()
    {
        var left = Sum();
        while ((TakeSign("==", "!=", "<", "<=", ">", ">=") ?? TakeWord("in")) is { } sign)
            left = Related(sign, left, Sum());
        return left;
    }

    private CelNode Sum()
    {
        var left = Product();
        while (TakeSign("+", "-") is { } sign)
            left = Arithmetic(sign, left, Product());
        return left;
    }

    private CelNode Product()
    {
        var left = Unary();
        while (TakeSign("*", "/", "%") is { } sign)
            left = Arithmetic(sign, left, Unary());
        return left;
    }

    private static CelNode Related(CelToken sign, CelNode left, CelNode right) => sign.Text switch
    {
        "==" or "!=" => new CelEquality(sign.Position, sign.Text, left, right),
        "in" => new CelMembership(sign.Position, left, right),
        _ => new CelOrdering(sign.Position, sign.Text, left, right),
    };

    private static CelNode Arithmetic(CelToken sign, CelNode left, CelNode right) =>
        CelNode.Folded(new CelArithmetic(sign.Position, sign.Text, left, right), [left, right]);

    private CelNode Negated(CelToken minus)
    {
        var operand = Unary();
        return CelNode.Folded(new CelNegate(minus.Position, operand), [operand]);
    }

    private CelNode Unary()
    {
        if (++_depth > MaxDepth)
            throw new CelSyntaxException("The expression is nested too deeply.", Current.Position);
        CelNode node;
        if (TakeSign("!") is { } not)
            node = new CelNot(not.Position, Unary());
        else if (TakeSign("-") is { } minus)
            node = Current is { Kind: CelTokenKind.Int, Text: "9223372036854775808" } ? SmallestInt() : Negated(minus);
        else
            node = Member();
        _depth--;
        return node;
    }

    private CelLiteral SmallestInt() => new(_tokens[_next++].Position, CelValue.Of(long.MinValue));

    private CelNode Member()
    {
        var node = Primary();
        while (true)
        {
            if (TakeSign(".") is not null)
            {
                var name = Current is { Kind: CelTokenKind.Name, Text: not ("in" or "true" or "false" or "null") } ? _tokens[_next++] : throw Unexpected("a name");
                if (node is CelRealm { } realm && ReferenceEquals(realm, _openSteps))
                    _steps.Add(IsSign("(") ? "*" : name.Text);
                node = IsSign("(") ? Call(name, node) : Select(name, node);
            }
            else if (TakeSign("[") is { } bracket)
            {
                var key = Conditional();
                Expect("]");
                if (node is CelRealm { } realm && ReferenceEquals(realm, _openSteps))
                    _steps.Add(key is CelLiteral { Value.Kind: CelKind.String } literal ? literal.Value.Text : "*");
                node = new CelIndex(bracket.Position, node, key);
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode? _openSteps;

    private CelNode Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Int:
                _next++;
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                    ? new CelLiteral(token.Position, CelValue.Of(whole))
                    : throw new CelSyntaxException("The number is too large.", token.Position);
            case CelTokenKind.UInt:
                _next++;
                return ulong.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned)
                    ? new CelLiteral(token.Position, CelValue.Of(unsigned))
                    : throw new CelSyntaxException("The number is too large.", token.Position);
            case CelTokenKind.Double:
                _next++;
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var floating)
                    ? new CelLiteral(token.Position, CelValue.Of(floating))
                    : throw new CelSyntaxException("The number is incomplete.", token.Position);
            case CelTokenKind.String:
                _next++;
                return new CelLiteral(token.Position, CelValue.Of(token.Text));
            case CelTokenKind.Bytes:
                _next++;
                return new CelLiteral(token.Position, CelValue.Of(CelEscapes.BytesOf(token.Text)));
            case CelTokenKind.Name:
                _next++;
                return IsSign("(") ? Call(token, null) : Name(token);
            default:
                return Bracketed();
        }
    }

    private CelNode Bracketed()
    {
        var position = Current.Position;
        if (TakeSign("(") is not null)
        {
            var inner = Conditional();
            Expect(")");
            return inner;
        }

        if (TakeSign("[") is not null)
        {
            var items = Items("]").ToArray();
            return CelNode.Folded(new CelListNode(position, items), items);
        }

        if (TakeSign(".") is not null)
        {
            // A leading dot names what is outside all macros.
            var name = Current.Kind == CelTokenKind.Name ? _tokens[_next++] : throw Unexpected("a name");
            return IsSign("(") ? Call(name, null) : GlobalName(name);
        }

        return TakeSign("{") is not null ? MapOf(position) : throw Unexpected();
    }

    private CelNode MapOf(int position)
    {
        var entries = new List<(CelNode Key, CelNode Value)>();
        while (TakeSign("}") is null)
        {
            var key = Conditional();
            Expect(":");
            entries.Add((key, Conditional()));
            if (TakeSign(",") is null && !IsSign("}"))
                throw Unexpected("\",\" or \"}\"");
        }

        return CelNode.Folded(new CelMapNode(position, [.. entries]), entries.SelectMany(entry => new[] { entry.Key, entry.Value }));
    }

    private CelSelect Select(CelToken name, CelNode operand)
    {
        if (operand is not IRootPath { Path: { Length: < MaxPathLength } path })
            return new CelSelect(name.Position, operand, name.Text, tests: false);
        path = $"{path}.{name.Text}";
        return new CelRootMember(name.Position, operand, name.Text, path, _paths.SlotOf(path));
    }

    private bool IsSign(string sign) => Current.Kind == CelTokenKind.Sign && Current.Text == sign;

    private CelToken? TakeSign(params ReadOnlySpan<string> signs)
    {
        if (Current.Kind != CelTokenKind.Sign || !signs.Contains(Current.Text))
            return null;
        return _tokens[_next++];
    }

    private CelToken? TakeWord(string word) => Current.Kind == CelTokenKind.Name && Current.Text == word ? _tokens[_next++] : null;

    private void Expect(string sign)
    {
        if (TakeSign(sign) is null)
            throw Unexpected($"\"{sign}\"");
    }

    private CelSyntaxException Unexpected(string? expected = null)
    {
        var found = Current.Kind == CelTokenKind.End ? "The expression ends too early" : $"\"{Current.Text}\" is not expected here";
        return new CelSyntaxException(expected is null ? found + "." : $"{found}; there should be {expected}.", Current.Position);
    }
}
