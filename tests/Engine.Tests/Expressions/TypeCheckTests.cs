using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>What is said of a scenario's expressions when it is saved, before any case ran.</summary>
public sealed class TypeCheckTests : IAsyncDisposable
{
    private static readonly CelType<Coins> Money = new("money")
    {
        Order = (left, right) => left.Cents.CompareTo(right.Cents),
        Arithmetic = (sign, left, right) => new Coins(sign == '+' ? left.Cents + right.Cents : left.Cents - right.Cents),
        Signs = "+-",
    };

    private static readonly IReadOnlyDictionary<string, CelType> Roots = new Dictionary<string, CelType>
    {
        ["invoice"] = CelType.Members("invoice", new Dictionary<string, CelType>
        {
            ["number"] = CelType.String,
            ["amount"] = Money,
            ["disputed"] = CelType.Bool,
            ["dueDate"] = CelType.String,
            ["lines"] = CelType.List(CelType.Members("line", new Dictionary<string, CelType> { ["quantity"] = CelType.Int })),
            ["more"] = CelType.Dyn,
        }),
        ["today"] = CelType.String,
    };

    private readonly House _house = new(more: null, functions: functions =>
    {
        functions.RegisterType(Money);
        functions.Register("money", new(Money, CelType.String), arguments => Money.Of(new Coins(long.Parse(arguments[0].Text, System.Globalization.CultureInfo.InvariantCulture))));
        functions.Register("daysBetween", new(CelType.Int, CelType.String, CelType.String), arguments => CelValue.Of(DateOnly.Parse(arguments[1].Text, System.Globalization.CultureInfo.InvariantCulture).DayNumber - (long)DateOnly.Parse(arguments[0].Text, System.Globalization.CultureInfo.InvariantCulture).DayNumber));
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("invoice.ammount > money('5')", ProblemCodes.UnknownMember, 1, 9, "amount", "invoice", "ammount")]
    [InlineData("true &&\n  invoce.disputed", ProblemCodes.UnknownName, 2, 3, "invoice", "invoce")]
    [InlineData("Levle > 2", ProblemCodes.UnknownName, 1, 1, "Level", "Levle")]
    [InlineData("steps.aks.answer == 'yes'", ProblemCodes.UnknownMember, 1, 7, "ask", "steps", "aks")]
    [InlineData("steps.ask.anwser == 'yes'", ProblemCodes.UnknownMember, 1, 11, "answer", "steps.ask", "anwser")]
    [InlineData("steps['ask'].anwser == 'yes'", ProblemCodes.UnknownMember, 1, 14, "answer", "steps.ask", "anwser")]
    [InlineData("has(invoice.disputd)", ProblemCodes.UnknownMember, 1, 13, "disputed", "invoice", "disputd")]
    [InlineData("invoice.lines.exists(line, line.quantty > 1)", ProblemCodes.UnknownMember, 1, 33, "quantity", "line", "quantty")]
    [InlineData("invoice.vat == 1", ProblemCodes.UnknownMember, 1, 9, null, "invoice", "vat")]
    [InlineData("invoice.number.length == 3", ProblemCodes.NoMember, 1, 16, null, "length", "string")]
    [InlineData("invoice.amount > 5", ProblemCodes.NoOverload, 1, 16, null, ">", "money", "int")]
    [InlineData("invoice.amount * invoice.amount == null", ProblemCodes.NoOverload, 1, 16, null, "*", "money", "money")]
    [InlineData("Level + 1.5 > 2.0", ProblemCodes.NoOverload, 1, 7, null, "+", "int", "double")]
    [InlineData("'F' in invoice.number", ProblemCodes.NoOverload, 1, 5, null, "in", "string", "string")]
    [InlineData("invoice.number == 5", ProblemCodes.NeverEqual, 1, 16, null, "string", "int")]
    [InlineData("{'a': 1, 1.5: 2}", ProblemCodes.NoKey, 1, 10, null, "double")]
    [InlineData("{'a': 1, null: 2}", ProblemCodes.NoKey, 1, 10, null, "null_type")]
    [InlineData("{'a': Level, 'a': 2}", ProblemCodes.NoValue, 1, 14, null, "The key a stands there twice.")]
    [InlineData("[1] == ['1']", ProblemCodes.NeverEqual, 1, 5, null, "list", "list")]
    [InlineData("{'a': 1} == {'a': '1'}", ProblemCodes.NeverEqual, 1, 10, null, "map", "map")]
    [InlineData("type(Level) == 'int'", ProblemCodes.NeverEqual, 1, 13, null, "type", "string")]
    [InlineData("invoice.disputed && invoice.number", ProblemCodes.NotBoolean, 1, 18, null, "&&", "string")]
    [InlineData("invoice.number ? true : false", ProblemCodes.NotBoolean, 1, 16, null, "?:", "string")]
    [InlineData("invoice.lines.all(line, line.quantity)", ProblemCodes.NotBoolean, 1, 15, null, "all", "int")]
    [InlineData("invoice.number.all(c, true)", ProblemCodes.NotAList, 1, 16, null, "all", "string")]
    [InlineData("invoice.lines['first'] == null", ProblemCodes.NoItem, 1, 14, null, "list", "string")]
    [InlineData("-invoice.number == 'x'", ProblemCodes.NoOperand, 1, 1, null, "-", "string")]
    [InlineData("{[1]: true} == {}", ProblemCodes.NoKey, 1, 2, null, "list")]
    [InlineData("daysBetween(invoice.amount, today) > 3", ProblemCodes.Argument, 1, 21, null, "daysBetween", "string", "money")]
    [InlineData("size(Level) > 3", ProblemCodes.Argument, 1, 6, null, "size", "string|bytes|list|map", "int")]
    [InlineData("invoice.disputed || 1 / 0 == 1", ProblemCodes.NoValue, 1, 23, null, "Division by zero.")]
    [InlineData("-duration('-P10675199DT2H48M5.4775808S') > duration('0s')", ProblemCodes.NoValue, 1, 1, null, "The result is too large.")]
    [InlineData("timestamp('soon') < now()", ProblemCodes.NoValue, 1, 1, null, "\"soon\" is not an instant; write 2026-01-05T09:00:00Z.")]
    [InlineData("daysBetwen(invoice.dueDate, today) > 3", ProblemCodes.Expression, 1, 1, "daysBetween", "There is no function daysBetwen.", "1", "1")]
    [InlineData("invoice.number", ProblemCodes.Result, 1, 9, null, "bool", "string")]
    [InlineData("Level + 1", ProblemCodes.Result, 1, 7, null, "bool", "int")]
    [InlineData("Level > 1 ? 'yes' : 'no'", ProblemCodes.Result, 1, 11, null, "bool", "string")]
    public void A_condition_that_cannot_be_right_says_where_what_and_what_was_meant(string condition, string code, int line, int column, string? suggestion, params string[] arguments)
    {
        var problem = Assert.Single(ProblemsOf("decide", condition));

        Assert.Equal((ProblemSeverity.Error, code, "condition", new TextPlace(line, column), suggestion), (problem.Severity, problem.Code, problem.InputName, problem.Place, problem.Suggestion));
        Assert.Equal(arguments, problem.Arguments);
    }

    [Theory]
    [InlineData("invoice.amount > money('5') && daysBetween(invoice.dueDate, today) >= 10 && !invoice.disputed")]
    [InlineData("invoice.number == null || has(invoice.amount)")]
    [InlineData("invoice.more.anything[3].at.all > 5")]
    [InlineData("input.anything > 5 && input.reply == 'yes' && size(input.lines) > 0")]
    [InlineData("Rate > 0.5 || Rate == 1.0")]
    [InlineData("Total > 10 && Total + 1 > decimal('0.5') && -Total < 0 && Level == 1.0")]
    [InlineData("When < now() && now() - When > Patience && When.getFullYear() == 2026")]
    [InlineData("variables.Level == 5 && variables.Undeclared == 1")]
    [InlineData("Names.exists(name, name.startsWith('A')) && 'x' in Names && Names[0] + 'b' == 'ab'")]
    [InlineData("[1, 'a', null].exists(x, x == 'a' || x == 1)")]
    [InlineData("(Level > 1 ? 1 : 'a') == 'a'")]
    [InlineData("{'a': 1, 'b': 'c'}.a == 1")]
    [InlineData("[1] == [1.0] && {'a': 1} == {'a': 1.0} && [1.0] in [[1]] && [decimal('1')] == [1] && {1: 'a'} == {1u: 'a'}")]
    [InlineData("dyn('a') == 1 || type(Level) == int && type(invoice.amount) == money")]
    [InlineData("steps.ask.answer == 'yes' && steps['ask'].answer.size() > 2")]
    [InlineData("invoice.lines.map(line, line.quantity).filter(q, q > 1).size() > 0")]
    [InlineData("Anything.x > 1 && Anything == 'a' && Anything")]
    public void Nothing_right_is_refused(string condition)
    {
        Assert.Empty(ProblemsOf("decide", condition));
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "Level", ProblemSeverity.Error)]
    [InlineData("Elsa.Delay", "timeSpan", "duration('P1D')", null)]
    [InlineData("Elsa.Delay", "timeSpan", "input.wait", null)]
    [InlineData("Elsa.Delay", "timeSpan", "invoice.number", null)]
    [InlineData("Test.Note", "text", "Level", null)]
    [InlineData("Test.Note", "text", "invoice.amount", null)]
    [InlineData("Test.Note", "text", "[1, 2]", ProblemSeverity.Error)]
    [InlineData("Elsa.ForEach", "items", "invoice.lines", null)]
    [InlineData("Elsa.ForEach", "items", "Level", ProblemSeverity.Error)]
    [InlineData("Elsa.ForEach", "items", "invoice.number", ProblemSeverity.Warning)]
    [InlineData("Elsa.SetVariable", "value", "Level + 1", null)]
    [InlineData("Elsa.SetVariable", "value", "invoice.number", ProblemSeverity.Warning)]
    [InlineData("Elsa.SetVariable", "value", "invoice.disputed", ProblemSeverity.Error)]
    public void What_an_input_is_given_must_be_what_it_is_for(string type, string input, string expression, ProblemSeverity? severity)
    {
        var step = "{'id':'step','type':'TYPE','variable':{'id':'id-Level','name':'Level'},'INPUT':{'typeName':'Object','expression':{'type':'CEL','value':\"TEXT\"}}}"
            .Replace('\'', '"').Replace("TYPE", type, StringComparison.Ordinal).Replace("INPUT", input, StringComparison.Ordinal).Replace("TEXT", expression, StringComparison.Ordinal);

        var problems = Validate(Scenario().Raw(step).Connect("start>step").Json, "step");

        Assert.Equal(severity, problems.Where(problem => problem.Code == ProblemCodes.Result).Select(problem => (ProblemSeverity?)problem.Severity).SingleOrDefault());
        Assert.DoesNotContain(problems, problem => problem.Code != ProblemCodes.Result && problem.InputName == input);
    }

    [Fact]
    public void A_name_that_may_come_with_a_resume_is_doubted_only_where_a_known_one_is_near()
    {
        var problem = Assert.Single(ProblemsOf("decide", "variables.Levle == 1 && variables.Other == 1 && input.levle == 1"));

        Assert.Equal((ProblemSeverity.Warning, ProblemCodes.UnknownMember, "Level"), (problem.Severity, problem.Code, problem.Suggestion));
    }

    [Theory]
    [InlineData("input.Invoice + 1 == 2", ProblemCodes.NoOverload)]
    [InlineData("input.Invoise == 'F-1'", ProblemCodes.UnknownMember)]
    [InlineData("input.Due + 1 > now()", ProblemCodes.NoOverload)]
    [InlineData("input.Total > 5 && input.Total > 5.5 && input.Due < now()", null)]
    public void A_declared_input_is_of_its_type(string condition, string? code)
    {
        var json = Scenario().Input("Invoice", "String").Input("Total", "Decimal").Input("Due", "DateTimeOffset").Step("decide", "Elsa.FlowDecision", ("condition", "CEL", condition)).Connect("start>decide").Json;

        Assert.Equal(code, Validate(json, "decide").Select(problem => problem.Code).SingleOrDefault());
    }

    [Theory]
    [InlineData("Dear {{customer}},\nyou owe {{invoice.ammount}}.", ProblemCodes.UnknownName, 1, 8, null)]
    [InlineData("you owe\n{{invoice.ammount}}", ProblemCodes.UnknownMember, 2, 11, "amount")]
    [InlineData("{{#if invoice.disputd}}{{/if}}", ProblemCodes.UnknownMember, 1, 15, "disputed")]
    [InlineData("{{steps.ask.anwser}}", ProblemCodes.UnknownMember, 1, 13, "answer")]
    public void A_text_that_asks_for_what_is_not_there_is_doubted(string text, string code, int line, int column, string? suggestion)
    {
        var problem = Validate(Scenario().Step("note", "Test.Note", ("text", "Handlebars", text)).Connect("start>note").Json, "note").First();

        Assert.Equal((ProblemSeverity.Warning, code, new TextPlace(line, column), suggestion), (problem.Severity, problem.Code, problem.Place, problem.Suggestion));
    }

    [Theory]
    [InlineData("Level {{Level}}, {{variables.Rate}}, {{input.anything}}, {{invoice.amount}} {{invoice.more.x}} {{today}} {{steps.ask.answer}}")]
    [InlineData("{{#if invoice.disputed}}\"{{invoice.number}}\"{{else}}none{{/if}}{{#unless today}}{{/unless}}")]
    [InlineData("{{#each invoice.lines}}{{quantity}} {{@index}} {{this.quantity}}{{/each}}")]
    public void A_text_that_asks_for_what_is_there_is_passed(string text)
    {
        Assert.Empty(Validate(Scenario().Step("note", "Test.Note", ("text", "Handlebars", text)).Connect("start>note").Json, "note"));
    }

    [Fact]
    public void An_expression_as_long_as_allowed_is_checked_and_its_first_problems_told()
    {
        var lists = string.Join(", ", Enumerable.Range(0, 400).Select(number => $"[{number}, 'a', [{number}.5]]"));

        Assert.Empty(ProblemsOf("decide", $"[{lists}].all(x, (x + x + x + x + x + x).size() > 0)"));
        Assert.Empty(ProblemsOf("decide", "invoice.more" + string.Concat(Enumerable.Repeat(".a", 4_000)) + " == 1"));
        Assert.Equal(20, ProblemsOf("decide", string.Join(" && ", Enumerable.Repeat("invoice.vat", 100))).Count);
    }

    [Fact]
    public async Task A_scenario_with_a_wrong_expression_is_kept_as_a_draft_and_not_published()
    {
        var json = Scenario().Step("decide", "Elsa.FlowDecision", ("condition", "CEL", "Level + 1")).Connect("start>decide").Json;

        await _house.InTenantAsync(async services =>
        {
            var library = services.GetRequiredService<ScenarioLibrary>();
            var draft = await library.SaveDraftAsync(json, 0, "anna");
            var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => library.PublishAsync(draft.DefinitionId, draft.Revision, null, "anna"));
            Assert.Equal(ProblemCodes.Result, Assert.Single(refused.Problems).Code);
            return true;
        });
    }

    [Fact]
    public async Task A_variable_has_its_type_also_after_the_case_was_stored()
    {
        await _house.PublishAsync(Draw.Scenario("typed").Variable("When", "DateTimeOffset", "2026-03-01T00:00:00Z").Variable("Total", "Decimal", 12)
            .Raw("""{"id":"set","type":"Elsa.SetVariable","variable":"When","value":{"typeName":"Object","expression":{"type":"CEL","value":"now()"}}}""")
            .Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D"))
            .Step("note", "Test.Note", ("text", "CEL", "string(type(When)== google.protobuf.Timestamp && type(Total) == decimal && When < now())"))
            .Connect("start>set", "set>wait", "wait>note").Json);
        await _house.StartAsync();

        _house.Clock.Advance(TimeSpan.FromDays(2));
        await _house.Worker.DrainAsync();

        Assert.Equal(["true"], _house.Log.Lines);
    }

    private static Draw Scenario() => Draw.Scenario("checked")
        .Variable("Level", "Int32").Variable("Rate", "Double").Variable("Total", "Decimal").Variable("When", "DateTimeOffset").Variable("Patience", "TimeSpan")
        .Variable("Names", "String[]").Variable("Anything", "Object")
        .Step("ask", "Test.Ask").Connect("start>ask");

    private IReadOnlyList<DefinitionProblem> ProblemsOf(string stepId, string condition) =>
        Validate(Scenario().Step(stepId, "Elsa.FlowDecision", ("condition", "CEL", condition)).Connect($"start>{stepId}").Json, stepId);

    private DefinitionProblem[] Validate(string json, string stepId) =>
        [.. _house.Get<DefinitionValidator>().Validate(json, Roots).Where(problem => problem.NodeId == stepId && problem.InputName is not null)];

    private sealed record Coins(long Cents);
}
