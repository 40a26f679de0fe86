namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Calls of functions, and macros, which look like calls.</summary>
internal sealed partial class CelParser
{
    private CelNode Call(CelToken name, CelNode? receiver)
    {
        Expect("(");
        if (receiver is not null && CelMacros.Is(name.Text))
            return Macro(name, receiver);
        var arguments = Items(")");
        if (name.Text == "has" && receiver is null)
        {
            return arguments is [CelSelect select]
                ? new CelSelect(select.Position, select.Operand, select.Member, tests: true)
                : throw new CelSyntaxException("has takes a member, as in has(invoice.customer).", name.Position);
        }

        if (receiver is not null)
            arguments.Insert(0, receiver);
        if (_registry.TryFind(name.Text, arguments.Count, out var function))
            return CelCall.Of(name.Position, function, [.. arguments]);
        throw _registry.FunctionNames.Contains(name.Text)
            ? new CelSyntaxException($"The function {name.Text} does not take {arguments.Count} arguments.", name.Position)
            : new CelSyntaxException($"There is no function {name.Text}.", name.Position) { Suggestion = NearName.Of(name.Text, _registry.FunctionNames) };
    }

    /// <summary>list.exists(item, condition), list.map(item, condition, value) and the like: the name holds inside alone.</summary>
    private CelMacro Macro(CelToken name, CelNode range)
    {
        if (Current.Kind != CelTokenKind.Name || _tokens[_next + 1] is not { Kind: CelTokenKind.Sign, Text: "," })
            throw new CelSyntaxException($"{name.Text} takes a name for the item first, as in list.{name.Text}(item, item > 0).", Current.Position);
        _hasMacros = true;
        var local = new CelLocal(_tokens[_next++].Text);
        Expect(",");
        _locals.Push(local);
        var arguments = Items(")");
        _locals.Pop();
        if (!CelMacros.Is(name.Text, arguments.Count + 1))
            throw new CelSyntaxException($"{name.Text} does not take {arguments.Count + 1} arguments.", name.Position);
        return new CelMacro(name.Position, name.Text, range, local, arguments.Count == 2 ? arguments[0] : null, arguments[^1]);
    }

    private List<CelNode> Items(string end)
    {
        var items = new List<CelNode>();
        while (TakeSign(end) is null)
        {
            items.Add(Conditional());
            if (TakeSign(",") is null && !IsSign(end))
                throw Unexpected($"\",\" or \"{end}\"");
        }

        return items;
    }
}
