using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>Values are what they were declared as, wherever they come from; what is missing is never taken for zero.</summary>
public sealed class ValueTests : IAsyncDisposable
{
    private const string HasNoValue = "InputHasNoValue";
    private readonly House _house = new();

    [Theory]
    [InlineData("""{"amount":100.50}""", "12.5625")]
    [InlineData("""{"amount":100}""", "12.5")]
    public async Task A_declared_amount_divides_as_an_amount_also_where_it_is_whole(string input, string eighth)
    {
        await _house.PublishAsync(Draw.Scenario("value").Input("amount", "Decimal").Step("note", "Test.Note", ("text", "CEL", "string(input.amount / 8)")).Connect("start>note").Json);

        await _house.StartAsync(inputJson: input);

        Assert.Equal([eighth], _house.Log.Lines);
    }

    [Fact]
    public async Task A_declared_amount_is_one_also_where_it_is_sent_under_other_letters()
    {
        await _house.PublishAsync(Draw.Scenario("value").Input("Amount", "Decimal").Step("note", "Test.Note", ("text", "CEL", "string(input.amount / 8)")).Connect("start>note").Json);

        await _house.StartAsync(inputJson: """{"amount":100}""");

        Assert.Equal(["12.5"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_text_shows_a_declared_date_as_it_was_sent()
    {
        await _house.PublishAsync(Draw.Scenario("value").Input("due", "DateTimeOffset").Step("note", "Test.Note", ("text", "Handlebars", "due {{input.due}}")).Connect("start>note").Json);

        await _house.StartAsync(inputJson: """{"due":"2026-03-01T00:00:00+02:00"}""");

        Assert.Equal(["due 2026-03-01T00:00:00+02:00"], _house.Log.Lines);
    }

    [Fact]
    public async Task The_items_of_a_loop_keep_their_kind_over_waits()
    {
        await _house.PublishAsync(Draw.Scenario("value")
            .Raw("""{"id":"loop","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{"type":"CEL","value":"[5.0, 7.0]"} },"body":{"id":"body","type":"Elsa.Sequence","activities":[{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"Literal","value":"q"} } },{"id":"note","type":"Test.Note","text":{"typeName":"String","expression":{"type":"CEL","value":"string(CurrentValue / 2.0)"} } }] } }""")
            .Connect("start>loop").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(["2.5", "3.5"], _house.Log.Lines.Where(line => line.Contains('.', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_kept_amount_goes_into_a_text_as_people_write_it()
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Kept", "Object")
            .Raw("""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Kept","name":"Kept"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"decimal('100')"}}}""")
            .Step("ask", "Test.Ask", ("question", "Literal", "q"))
            .Raw("""{"id":"note","type":"Test.Note","text":{"typeName":"String","expression":{"type":"Variable","value":{"id":"id-Kept","name":"Kept"}}}}""")
            .Connect("start>set", "set>ask", "ask.Answered>note").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal("100", _house.Log.Lines[^1]);
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan")]
    [InlineData("Elsa.FlowDecision", "condition")]
    public async Task What_must_be_something_and_was_left_empty_is_not_published(string type, string input)
    {
        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => _house.PublishAsync(Draw.Scenario("value").Step("step", type, (input, "Literal", "")).Connect("start>step").Json));

        Assert.Contains(refused.Problems, problem => problem.Code == ProblemCodes.MissingInput && problem.InputName == input);
    }

    [Fact]
    public async Task A_declared_date_compares_as_a_date()
    {
        await _house.PublishAsync(Draw.Scenario("value").Input("due", "DateTimeOffset").Step("note", "Test.Note", ("text", "CEL", "string(input.due < now())")).Connect("start>note").Json);

        await _house.StartAsync(inputJson: """{"due":"2026-01-05T09:00:00Z"}""");

        Assert.Equal(["true"], _house.Log.Lines);
    }

    [Theory]
    [InlineData("Decimal[]", "[decimal('100'), decimal('0.5')]", "string(Kept[0] / 8)", "12.5")]
    [InlineData("DateTimeOffset[]", "[now()]", "string(Kept.exists(at, at < now() + duration('1h')))", "true")]
    [InlineData("Object", "{'amount': decimal('100')}", "string(Kept.amount / 8)", "12.5")]
    [InlineData("Object", "{'amount': decimal('100')}", "string(Kept.amount)", "100")]
    [InlineData("Object", "now()", "string(Kept < now() + duration('1h'))", "true")]
    [InlineData("Object", "duration('P7D')", "string(Kept + duration('1h') > duration('P7D'))", "true")]
    [InlineData("Object", "5u", "string(Kept / 2u)", "2")]
    [InlineData("Object", "5.0", "string(Kept / 2.0)", "2.5")]
    [InlineData("Object", "b'abc'", "string(Kept + b'd' == b'abcd')", "true")]
    [InlineData("Object", "[now(), duration('1h')]", "string(Kept[0] + Kept[1] > now())", "true")]
    [InlineData("Object", "{'terms': [{'at': now()}]}", "string(Kept.terms[0].at < now() + duration('1h'))", "true")]
    [InlineData("Object[]", "[5.0]", "string(Kept[0] / 2.0)", "2.5")]
    [InlineData("ObjectDictionary", "{'rate': 5.0}", "string(Kept.rate / 2.0)", "2.5")]
    [InlineData("Object", "{'$is': 'timestamp', 'value': 'never'}", "string(Kept.value)", "never")]
    public async Task What_was_kept_over_a_wait_is_what_it_was(string type, string set, string read, string expected)
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Kept", type)
            .Raw($$$$"""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Kept","name":"Kept"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"{{{{set}}}}"}}}""")
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("note", "Test.Note", ("text", "CEL", read))
            .Connect("start>set", "set>ask", "ask.Answered>note").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(expected, _house.Log.Lines[^1]);
    }

    [Fact]
    public async Task What_a_case_keeps_with_its_kind_is_shown_and_given_on_as_others_write_it()
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Kept", "Object").Variable("Copy", "Object")
            .Raw("""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Kept","name":"Kept"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"{'rate': 5.0, 'open': duration('P7D')}"}}}""")
            .Step("first", "Test.Ask", ("question", "Literal", "first"))
            .Raw("""{"id":"copy","type":"Elsa.SetVariable","variable":{"id":"id-Copy","name":"Copy"},"value":{"typeName":"Object","expression":{"type":"Variable","value":{"id":"id-Kept","name":"Kept"}}}}""")
            .Step("tell", "Elsa.PublishEvent", ("eventName", "Literal", "rated"), ("payload", "CEL", "Copy"))
            .Step("second", "Test.Ask", ("question", "Literal", "second"))
            .Step("note", "Test.Note", ("text", "CEL", "string(Copy.rate / 2.0)"))
            .Connect("start>set", "set>first", "first.Answered>copy", "copy>tell", "tell>second", "second.Answered>note").Json);
        var begun = await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("first", "yes"));

        var shown = await _house.InTenantAsync(services => services.GetRequiredService<VariableDesk>().ListAsync(begun.Id));
        await _house.RaiseAndDrainAsync(Ask.Answered("second", "yes"));

        Assert.All(shown, variable => Assert.Equal("""{"rate":5,"open":"P7D"}""", variable.ValueJson));
        Assert.Equal("2.5", _house.Log.Lines[^1]);
    }

    [Theory]
    [InlineData("string(steps.rate.rate / 2.0)", "2.5")]
    [InlineData("string(steps.rate.rates[1] / 2.0)", "3.5")]
    [InlineData("string(steps.rate.at + steps.rate.validFor > now())", "true")]
    public async Task What_a_step_left_is_of_its_type_at_once_and_after_a_wait(string read, string expected)
    {
        await _house.PublishAsync(Draw.Scenario("value").Step("rate", "Test.Rating").Step("soon", "Test.Note", ("text", "CEL", read))
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("later", "Test.Note", ("text", "CEL", read))
            .Connect("start>rate", "rate>soon", "soon>ask", "ask.Answered>later").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal([expected, "q: yes", expected], _house.Log.Lines);
    }

    [Theory]
    [InlineData("""{"type":"CEL","value":"[decimal('100'), decimal('101')]"}""")]
    [InlineData("""{"type":"Variable","value":{"id":"id-Amounts","name":"Amounts"}}""")]
    public async Task The_items_of_a_loop_stay_amounts(string items)
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Amounts", "Decimal[]", new[] { 100, 101 })
            .Raw($$"""{"id":"loop","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{{items}} },"body":{"id":"note","type":"Test.Note","text":{"typeName":"String","expression":{"type":"CEL","value":"string(CurrentValue / 8)"} } } }""")
            .Connect("start>loop").Json);

        await _house.StartAsync();

        Assert.Equal(["12.5", "12.625"], _house.Log.Lines);
    }

    [Theory]
    [InlineData("Handlebars", "{{input.wiat}}")]
    [InlineData("CEL", "Limit")]
    [InlineData("CEL", "input.wait")]
    public async Task A_wait_whose_length_is_missing_does_not_end_at_once(string kind, string length)
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Limit", "TimeSpan").Step("wait", "Elsa.Delay", ("timeSpan", kind, length)).Step("note", "Test.Note").Connect("start>wait", "wait>note").Json);

        await _house.StartAsync(inputJson: """{"wait":null}""");

        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        Assert.Equal((HasNoValue, "wait"), (incident.Cause, incident.NodeId));
        Assert.Contains("\"timeSpan\"", incident.Message, StringComparison.Ordinal);
        Assert.Empty(_house.Log.Lines);
    }

    [Fact]
    public async Task A_condition_that_is_missing_is_not_false()
    {
        await _house.PublishAsync(Draw.Scenario("value").Step("decide", "Elsa.FlowDecision", ("condition", "CEL", "input.flag")).Step("no", "Test.Note").Connect("start>decide", "decide.False>no").Json);

        await _house.StartAsync(inputJson: """{"flag":null}""");

        Assert.Equal(HasNoValue, Assert.Single((await _house.DetailsAsync()).Incidents).Cause);
    }

    [Fact]
    public async Task A_field_left_empty_is_what_the_author_of_the_step_gave_it()
    {
        await _house.PublishAsync(Draw.Scenario("value").Step("ask", "Test.Ask", ("question", "Literal", "q"), ("timeLimit", "Literal", "")).Connect("start>ask").Json);

        var asked = await _house.StartAsync();

        Assert.Equal(House.Start.AddDays(7), asked.WaitingUntil);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("decimal('10.005') * 100")]
    [InlineData("input.x")]
    public async Task A_part_of_a_whole_is_never_dropped_in_silence(string cents)
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Cents", "Int64")
            .Raw($$$$"""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Cents","name":"Cents"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"{{{{cents}}}}"}}}""")
            .Step("note", "Test.Note").Connect("start>set", "set>note").Json);

        await _house.StartAsync(inputJson: """{"x":2.7}""");

        Assert.Contains("is not a whole number", Assert.Single((await _house.DetailsAsync()).Incidents).Message, StringComparison.Ordinal);
        Assert.Empty(_house.Log.Lines);
    }

    [Fact]
    public async Task A_switch_says_which_of_its_conditions_cannot_be_told()
    {
        await _house.PublishAsync(Draw.Scenario("value")
            .Raw("""{"id":"switch","type":"Elsa.FlowSwitch","cases":[{"label":"Low","condition":{"type":"CEL","value":"input.a < 3"}},{"label":"Three","condition":{"type":"CEL","value":"input.bb == 3"}}]}""")
            .Step("note", "Test.Note").Connect("start>switch", "switch.Low>note").Json);

        await _house.StartAsync(inputJson: """{"a":5}""");

        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        Assert.Equal(HasNoValue, incident.Cause);
        Assert.Contains("\"cases.Three\"", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_in_a_branch_does_its_work_also_where_its_value_is_written_bare()
    {
        await _house.PublishAsync(Draw.Scenario("value").Variable("Level", "Int32", 1)
            .Raw("""{"id":"if","type":"Elsa.If","condition":{"typeName":"Boolean","expression":{"type":"Literal","value":true}},"then":{"id":"then","type":"Elsa.SetVariable","variable":{"id":"id-Level","name":"Level"},"value":7}}""")
            .Step("note", "Test.Note", ("text", "CEL", "string(Level)")).Connect("start>if", "if>note").Json);

        await _house.StartAsync();

        Assert.Equal(["7"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_text_may_name_a_step_whose_identity_is_written_with_hyphens()
    {
        var json = Draw.Scenario("value").Step("ask-for-c3d4e", "Test.Ask", ("question", "Literal", "q"))
            .Step("note", "Test.Note", ("text", "Handlebars", "got {{steps.ask-for-c3d4e.answer}}")).Connect("start>ask-for-c3d4e", "ask-for-c3d4e.Answered>note").Json;
        await _house.PublishAsync(json);
        var problems = await _house.InTenantAsync(async services => await services.GetRequiredService<ScenarioLibrary>().ValidateAsync(json));
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal("got yes", _house.Log.Lines[^1]);
        Assert.DoesNotContain(problems, problem => problem.NodeId == "note");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
