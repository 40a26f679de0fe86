using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>What CEL expressions are worth, and what is said of those that are worth nothing.</summary>
public sealed class CelTests
{
    private static readonly FunctionRegistry Registry = Functions();

    [Theory]
    [InlineData("null", "null")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 / 2", "3")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7.0 / 2.0", "3.5")]
    [InlineData("0x1F", "31")]
    [InlineData("5u * 2u", "10")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("1.5e3", "1500")]
    [InlineData("'a' + \"b\"", "ab")]
    [InlineData("'tab\\there \\u00e9 \\x41 \\101'", "tab\there é A A")]
    [InlineData("r'\\d'", "\\d")]
    [InlineData("'''a'b'''", "a'b")]
    [InlineData("[1, 2] + [3]", "[1, 2, 3]")]
    [InlineData("{'a': 1}.a", "1")]
    [InlineData("{'a': 1}['a'] == 1", "true")]
    [InlineData("[10, 20][1]", "20")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("1u == 1", "true")]
    [InlineData("9007199254740993 == 9007199254740992.0", "false")]
    [InlineData("9007199254740993 > 9007199254740992.0", "true")]
    [InlineData("-1 < 1u", "true")]
    [InlineData("1 == '1'", "false")]
    [InlineData("'a' < 'b'", "true")]
    [InlineData("2 in [1, 2.0]", "true")]
    [InlineData("'a' in {'a': 1}", "true")]
    [InlineData("!true || true", "true")]
    [InlineData("true ? 1 : 2", "1")]
    [InlineData("false ? 1 : true ? 2 : 3", "2")]
    [InlineData("false && 1 / 0 == 0", "false")]
    [InlineData("1 / 0 == 0 && false", "false")]
    [InlineData("1 / 0 == 0 || true", "true")]
    [InlineData("true ? 1 : 1 / 0", "1")]
    [InlineData("'invoice'.startsWith('in') && 'invoice'.endsWith('ce') && 'invoice'.contains('voi')", "true")]
    [InlineData("'F-2026-001'.matches('^F-[0-9]{4}')", "true")]
    [InlineData("size('été') + size([1]) + size({})", "4")]
    [InlineData("int('12') + int(3.9) + int(2u)", "17")]
    [InlineData("double('1.5')", "1.5")]
    [InlineData("string(12) + string(true)", "12true")]
    [InlineData("decimal('0.1') + decimal('0.2') == decimal('0.3')", "true")]
    [InlineData("decimal('10.50') * 2 > 20", "true")]
    [InlineData("duration('1h30m') == duration('90m')", "true")]
    [InlineData("timestamp('2026-03-02T00:00:00Z') + duration('24h') == timestamp('2026-03-03T00:00:00Z')", "true")]
    [InlineData("timestamp('2026-03-03T00:00:00Z') - timestamp('2026-03-02T00:00:00Z')", "86400s")]
    [InlineData("has(invoice.amount) && !has(invoice.dispute)", "true")]
    [InlineData("invoice.amount > 100 && invoice.customer.name == 'Léa'", "true")]
    [InlineData("invoice.lines[1].quantity", "3")]
    [InlineData("money('12 EUR') + money('3 EUR') > money('14 EUR')", "true")]
    [InlineData("Level + 1 // a note", "6")]
    [InlineData("variables.Level", "5")]
    [InlineData("input.reply", "yes")]
    [InlineData("steps.ask.answer == 'yes' && !has(steps.other.answer)", "true")]
    [InlineData("steps['ask'].answer", "yes")]
    [InlineData("[1, 2, 3].all(x, x > 0)", "true")]
    [InlineData("[1, 2, 3].all(x, x > 1)", "false")]
    [InlineData("[].all(x, x > 1) && ![].exists(x, true)", "true")]
    [InlineData("[1, 2, 3].exists(x, x == 2)", "true")]
    [InlineData("[1, 2, 2].exists_one(x, x == 2)", "false")]
    [InlineData("[1, 2, 3].exists_one(x, x == 2)", "true")]
    [InlineData("[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]")]
    [InlineData("[1, 2, 3].map(x, x * x)", "[1, 4, 9]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 10)", "[20, 30]")]
    [InlineData("{'a': 1, 'b': 2}.all(key, key in ['a', 'b'])", "true")]
    [InlineData("[[1, 2], [3]].map(row, row.map(x, x + size(row)))", "[[3, 4], [4]]")]
    [InlineData("[1, 2].exists(x, [2, 3].exists(y, x == y))", "true")]
    [InlineData("[0, 2].exists(x, 4 / x == 2)", "true")]
    [InlineData("[0, 2].all(x, 4 / x == 1)", "false")]
    [InlineData("invoice.lines.filter(line, line.quantity > 1).map(line, line.quantity)", "[3]")]
    [InlineData("[1, 2].map(Level, Level) == [1, 2] && Level == 5", "true")]
    [InlineData("b'abc' + bytes('é') == b'abc\\xc3\\xa9' && size(b'\\x00\\xff') == 2", "true")]
    [InlineData("string(b'\\303\\251') + string(bytes('a'))", "éa")]
    [InlineData("b'a' < b'b' && rb'\\d' == bytes('\\\\d')", "true")]
    [InlineData("timestamp('2026-03-02T23:30:15.250Z').getFullYear() + timestamp('2026-03-02T23:30:15.250Z').getMilliseconds()", "2276")]
    [InlineData("timestamp('2026-03-02T23:30:00Z').getDate('Europe/Paris')", "3")]
    [InlineData("timestamp('2026-03-02T23:30:00Z').getHours('-02:30')", "21")]
    [InlineData("timestamp('2026-03-01T00:00:00Z').getMonth() * 10 + timestamp('2026-03-01T00:00:00Z').getDayOfWeek()", "20")]
    [InlineData("timestamp('2026-02-01T00:00:00Z').getDayOfYear() + timestamp('2026-02-01T00:00:00Z').getDayOfMonth()", "31")]
    [InlineData("duration('90m').getHours() + duration('90m').getMinutes()", "91")]
    [InlineData("bool('t') && !bool('0') && dyn(1) == 1", "true")]
    public void An_expression_has_its_value(string text, string expected)
    {
        Assert.Equal(expected, Evaluate(text).ToString());
    }

    [Fact]
    public void An_expression_that_looks_at_too_much_ends_with_its_reason()
    {
        var text = "true";
        for (var level = 0; level < 5; level++)
            text = $"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].all(item{level}, {text})";

        var exception = Assert.Throws<ExpressionException>(() => Parsed(text).Evaluate(new Scope()));

        Assert.Equal("The expression looks at more than 10000 items.", exception.Problem.Message);
    }

    [Theory]
    [InlineData("1 +", "The expression ends too early.", 1, 4)]
    [InlineData("1 = 2", "\"=\" means nothing here; compare with ==.", 1, 3)]
    [InlineData("true &\n& false", "\"&\" means nothing here; write && or ||.", 1, 6)]
    [InlineData("'open", "The text is not closed.", 1, 1)]
    [InlineData("(1", "The expression ends too early; there should be \")\".", 1, 3)]
    [InlineData("1 2", "\"2\" is not expected here.", 1, 3)]
    [InlineData("nothing(1)", "There is no function nothing.", 1, 1)]
    [InlineData("size(1, 2)", "The function size does not take 2 arguments.", 1, 1)]
    [InlineData("99999999999999999999", "The number is too large.", 1, 1)]
    [InlineData("'\\q'", "\\q is not a sign of CEL.", 1, 2)]
    [InlineData("[1].all(1, true)", "all takes a name for the item first, as in list.all(item, item > 0).", 1, 9)]
    [InlineData("[1].all(x, x > 0, x)", "all does not take 3 arguments.", 1, 5)]
    [InlineData("has(invoice)", "has takes a member, as in has(invoice.customer).", 1, 1)]
    [InlineData("", "The expression is empty.", 1, 1)]
    public void A_text_that_is_no_expression_says_where_and_why(string text, string message, int line, int column)
    {
        Assert.Equal(new ExpressionProblem(message, line, column), Parsed(text).Problem);
    }

    [Theory]
    [InlineData("1 / 0", "Division by zero.", 1, 3)]
    [InlineData("[1, 2].all(x, x / 0 == 1)", "Division by zero.", 1, 17)]
    [InlineData("[1].exists_one(x, 'a')", "exists_one takes true or false, not a value of type string.", 1, 5)]
    [InlineData("[1].map(x, x) == [x]", "There is no value called x.", 1, 19)]
    [InlineData("'abc'.map(x, x)", "map goes through a list or a map, not a value of type string.", 1, 7)]
    [InlineData("string(b'\\xff')", "The bytes are no text in UTF-8.", 1, 1)]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('Mars')", "There is no time zone \"Mars\".", 1, 35)]
    [InlineData("1 % 0", "Division by zero.", 1, 3)]
    [InlineData("9223372036854775807 + 1", "The result is too large.", 1, 21)]
    [InlineData("-(-9223372036854775808)", "The result is too large.", 1, 1)]
    [InlineData("true &&\n 1", "&& takes true or false, not a value of type int.", 1, 6)]
    [InlineData("1 + 'a'", "+ cannot be applied to int and string.", 1, 3)]
    [InlineData("1 < 'a'", "< cannot be applied to int and string.", 1, 3)]
    [InlineData("1.5 + 1", "+ cannot be applied to double and int.", 1, 5)]
    [InlineData("invoice.dispute", "There is no dispute.", 1, 9)]
    [InlineData("unknown.amount", "There is no value called unknown.", 1, 1)]
    [InlineData("[1][3]", "The list has no item 3; it has 1.", 1, 4)]
    [InlineData("int('twelve')", "\"twelve\" is not a whole number.", 1, 1)]
    [InlineData("money('1 EUR') > money('1 USD')", "> cannot be applied to money and money.", 1, 16)]
    [InlineData("money('1 EUR') > 5", "> cannot be applied to money and int.", 1, 16)]
    [InlineData("{'a': 1, 'a': 2}", "The key a stands there twice.", 1, 10)]
    [InlineData("uint(-1)", "The result is too large.", 1, 1)]
    [InlineData("-duration('-P10675199DT2H48M5.4775808S')", "The result is too large.", 1, 1)]
    [InlineData("double(' 1.5 ')", "\" 1.5 \" is not a number.", 1, 1)]
    [InlineData("double(' NaN')", "\" NaN\" is not a number.", 1, 1)]
    [InlineData("int('12\\u0000')", "\"12\0\" is not a whole number.", 1, 1)]
    public void An_expression_without_a_value_says_where_and_why(string text, string message, int line, int column)
    {
        var exception = Assert.Throws<ExpressionException>(() => Parsed(text).Evaluate(new Scope()));

        Assert.Equal(new ExpressionProblem(message, line, column), exception.Problem);
    }

    [Fact]
    public void A_list_that_doubles_with_each_macro_is_stopped_before_it_fills_the_memory()
    {
        var doubled = "[0]" + string.Concat(Enumerable.Repeat(".map(x, [x, x])", 40));
        var chained = "invoice.lines" + string.Concat(Enumerable.Repeat(".map(x, x)", 6_000 / ".map(x, x)".Length));
        const string Worked = "The expression puts together, compares or gives more than 1000000 items.";

        Assert.Equal(Worked, Assert.Throws<ExpressionException>(() => Parsed(doubled).Evaluate(new Scope())).Problem.Message);
        Assert.Equal(Worked, Evaluate($"{doubled} == {doubled}").Text);
        Assert.Equal(Worked, Evaluate($"{doubled} != {doubled} || true").Text);
        Assert.Equal(Worked, Evaluate($"[{doubled}].exists(x, x in [{doubled}])").Text);
        Assert.Equal(CelValue.True, Evaluate($"size({doubled}[0]) == 2"));
        Assert.NotEqual(CelKind.Error, Evaluate(chained).Kind);
    }

    [Fact]
    public void A_map_whose_keys_become_one_as_text_says_which()
    {
        Assert.Equal("Two keys of the map are \"1\" when they are written as text; a map that is kept or given on needs different ones.",
            Assert.Throws<ExpressionException>(() => Parsed("{1: 'a', '1': 'b'}").Evaluate(new Scope())).Problem.Message);
    }

    [Fact]
    public void All_macros_of_an_expression_look_at_10_000_items_together()
    {
        var hundred = "[" + string.Join(", ", Enumerable.Range(0, 100)) + "]";

        Assert.Equal(CelValue.True, Evaluate($"{hundred}.filter(x, x < 90).map(x, {hundred}.filter(y, y > x)).size() == 90"));
        Assert.Equal("The expression looks at more than 10000 items.", Evaluate($"{hundred}.all(x, {hundred}.exists(y, y == 99)) && {hundred}.all(x, x >= 0)").Text);
    }

    [Fact]
    public void Texts_that_an_expression_puts_together_and_reads_count_as_they_are_long()
    {
        var text = "['" + new string('a', 1_000) + "']" + string.Concat(Enumerable.Repeat(".map(x, x + x)", 8));
        var items = "[" + string.Join(", ", Enumerable.Range(0, 100)) + "]";

        Assert.Equal(CelValue.Of(256_000L), Evaluate($"{text}.map(x, size(x))[0]"));
        Assert.Contains("more than 1000000 items", Evaluate($"{text}.map(x, {items}.map(i, x + x))").Text, StringComparison.Ordinal);
        Assert.Contains("more than 1000000 items", Evaluate($"{text}.exists(x, {items}.exists(i, x.matches('b')))").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_nested_without_end_is_refused_and_not_run()
    {
        Assert.Equal("The expression is nested too deeply.", Parsed(new string('(', 5_000)).Problem!.Message);
        Assert.Equal("The expression is nested too deeply.", Parsed(new string('!', 5_000)).Problem!.Message);
    }

    [Fact]
    public void A_text_is_filled_in_plainly_or_safe_for_html()
    {
        var values = new Dictionary<string, object?> { ["name"] = "<Léa>" };

        Assert.Equal("Dear <Léa>", TextTemplate.Compile("Dear {{name}}", TextEncoding.Plain).Render(values));
        Assert.Equal("Dear &lt;Léa&gt;", TextTemplate.Compile("Dear {{name}}", TextEncoding.Html).Render(values));
        Assert.Equal("Dear ", TextTemplate.Compile("Dear {{missing}}", TextEncoding.Html).Render(values));
        Assert.Throws<ExpressionException>(() => TextTemplate.Compile("{{#if name}}", TextEncoding.Plain));
    }

    [Theory]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("PT90M", "01:30:00")]
    [InlineData("1.02:00:00", "1.02:00:00")]
    public void A_duration_is_read_as_ISO_8601_and_as_NET_writes_it(string text, string expected)
    {
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), ValueConversion.To<TimeSpan>(text));
    }

    [Fact]
    public void Values_are_converted_invariantly_or_refused()
    {
        Assert.Equal(12.5m, ValueConversion.To<decimal>("12.5"));
        Assert.Throws<FormatException>(() => ValueConversion.To<decimal>("12,5"));
        Assert.Throws<FormatException>(() => ValueConversion.To<int>("twelve"));
        Assert.Equal(DayOfWeek.Friday, ValueConversion.To<DayOfWeek>("friday"));
        Assert.Equal([1, 2, 250], ValueConversion.To<byte[]>("AQL6"));
        Assert.Throws<FormatException>(() => ValueConversion.To<byte[]>("no bytes"));
        Assert.Throws<FormatException>(() => ValueConversion.To<DayOfWeek>("Freitag"));
        Assert.Equal(new DateOnly(2026, 3, 2), ValueConversion.To<DateOnly>("2026-03-02"));
        Assert.Null(ValueConversion.To<int?>(""));
    }

    private static CompiledExpression Parsed(string text) => CelExpression.Parse(text, Registry, VariableId, new RootPaths());

    private static CelValue Evaluate(string text)
    {
        var expression = Parsed(text);
        Assert.Null(expression.Problem);
        return ((CelExpression)expression).EvaluateCel(new Scope());
    }

    private static string? VariableId(string name) => name == "Level" ? "id-Level" : null;

    private static FunctionRegistry Functions()
    {
        var registry = new FunctionRegistry(new TestClock(House.Start));
        var money = new CelType<Coins>("money")
        {
            Order = (left, right) => left.Currency == right.Currency ? left.Cents.CompareTo(right.Cents) : null,
            Arithmetic = (sign, left, right) => sign == '+' && left.Currency == right.Currency ? left with { Cents = left.Cents + right.Cents } : throw new ArgumentException("Two currencies."),
        };
        registry.RegisterType(money);
        registry.Register("money", new(money, CelType.String), arguments =>
        {
            var parts = arguments[0].Text.Split(' ');
            return registry.ToCel(new Coins(long.Parse(parts[0], CultureInfo.InvariantCulture) * 100, parts[1]));
        });
        return registry;
    }

    private sealed record Coins(long Cents, string Currency);

    private sealed class Scope : IExpressionScope
    {
        private static readonly JsonElement Invoice = JsonSerializer.Deserialize<JsonElement>("""{"amount":120.50,"customer":{"name":"Léa"},"lines":[{"quantity":1},{"quantity":3}]}""");

        public object? Variable(string id) => id == "id-Level" ? 5 : null;

        public object? Input(string name) => Inputs().GetValueOrDefault(name);

        public IReadOnlyDictionary<string, object?> Inputs() => new Dictionary<string, object?> { ["reply"] = "yes" };

        public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId) => nodeId == "ask" ? new Dictionary<string, object?> { ["answer"] = "yes" } : null;

        public bool TryRoot(string name, out object? value)
        {
            value = name == "invoice" ? Invoice : null;
            return name == "invoice";
        }

        public RootValues RootValues { get; } = new();
    }
}
