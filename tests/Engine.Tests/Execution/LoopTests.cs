using System.Text.Json;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>Loops over items and conditions, the values their rounds see, and how they end.</summary>
public sealed class LoopTests : IAsyncDisposable
{
    private readonly House _house = new();

    [Fact]
    public async Task Items_are_gone_through_one_after_the_other_over_waits()
    {
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ForEach", "['a', 'b']", AskFor("CurrentValue"))).Step("after", "Test.Note", ("text", "Literal", "after")).Connect("start>loop", "loop>after").Json);
        await _house.StartAsync();
        Assert.Empty(_house.Log.Lines);

        await _house.RaiseAndDrainAsync(Ask.Answered("b", "too early, and kept"));
        await _house.RaiseAndDrainAsync(Ask.Answered("a", "yes"));

        Assert.Equal(["a: yes", "b: too early, and kept", "after"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task Side_by_side_every_round_sees_its_own_item_and_the_loop_ends_with_the_last()
    {
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ParallelForEach", "['a', 'b', 'c']", AskFor("CurrentValue + string(CurrentIndex)"))).Step("after", "Test.Note", ("text", "Literal", "after")).Connect("start>loop", "loop>after").Json);
        await _house.StartAsync();
        foreach (var question in new[] { "c2", "a0", "b1" })
        {
            Assert.DoesNotContain("after", _house.Log.Lines);
            await _house.RaiseAndDrainAsync(Ask.Answered(question, "yes"));
        }

        Assert.Equal(["c2: yes", "a0: yes", "b1: yes", "after"], _house.Log.Lines);
    }

    [Theory]
    [InlineData("Elsa.ParallelForEach", "a b c a! b! c! and c")]
    [InlineData("Elsa.ForEach", "a a! b b! c c! and c")]
    public async Task Every_round_sees_what_its_own_steps_left(string loop, string lines)
    {
        var body = $$"""
            { "id": "round", "type": "Elsa.Sequence", "activities": [
              { "id": "first", "type": "Test.Note", "text": {{Cel("CurrentValue")}} }, { "id": "second", "type": "Test.Note", "text": {{Cel("steps.first.result + '!'")}} }] }
            """;
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop(loop, "['a', 'b', 'c']", body)).Step("after", "Test.Note", ("text", "CEL", "'and ' + steps.first.result")).Connect("start>loop", "loop>after").Json);

        await _house.StartAsync();

        Assert.Equal(lines, string.Join(' ', _house.Log.Lines));
    }

    [Fact]
    public async Task A_step_that_did_not_run_in_a_round_left_nothing_there_and_rounds_within_rounds_are_apart()
    {
        var inner = $$"""
            { "id": "inner", "type": "Elsa.ParallelForEach", "items": {{Cel("['1', '2']")}}, "body": { "id": "both", "type": "Elsa.Sequence", "activities": [
              { "id": "maybe", "type": "Elsa.If", "condition": {{Cel("CurrentValue == '1'")}}, "then": { "id": "said", "type": "Test.Note", "text": {{Cel("steps.first.result + CurrentValue")}} } },
              { "id": "told", "type": "Test.Note", "text": {{Cel("has(steps.said.result) ? steps.said.result + '!' : 'nothing of ' + steps.first.result")}} }] } }
            """;
        var body = $$"""{ "id": "round", "type": "Elsa.Sequence", "activities": [{ "id": "first", "type": "Test.Note", "text": {{Cel("CurrentValue")}} }, {{inner}}] }""";
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ParallelForEach", "['a', 'b']", body)).Connect("start>loop").Json);

        await _house.StartAsync();

        Assert.Equal(["a", "a1", "a1!", "b", "b1", "b1!", "nothing of a", "nothing of b"], _house.Log.Lines.Order());
    }

    [Fact]
    public async Task A_way_back_to_a_loop_over_items_is_still_stopped_by_the_budget()
    {
        await using var house = new House(new EngineLimits { MaxStepsPerBurst = 50 });
        await house.PublishAsync(Draw.Scenario("loop").Variable("again", "Boolean", true).Raw(Loop("Elsa.ForEach", "['a', 'b']", """{ "id": "note", "type": "Test.Note" }"""))
            .Step("more", "Elsa.FlowDecision", ("condition", "CEL", "again")).Step("end", "Test.Ask", ("question", "Literal", "q")).Connect("start>loop", "loop>more", "more.True>loop", "more.False>end").Json);

        await house.StartAsync();

        Assert.Equal("BurstBudget", Assert.Single((await house.DetailsAsync()).Incidents).Cause);
    }

    [Fact]
    public async Task What_the_steps_of_a_round_left_is_kept_over_waits_and_forgotten_with_the_round()
    {
        var body = $$"""
            { "id": "round", "type": "Elsa.Sequence", "activities": [
              { "id": "ask", "type": "Test.Ask", "question": {{Cel("CurrentValue")}} }, { "id": "again", "type": "Test.Ask", "question": {{Cel("CurrentValue + ' ' + steps.ask.answer")}} }] }
            """;
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ParallelForEach", "['a', 'b']", body)).Step("last", "Test.Ask", ("question", "Literal", "last")).Connect("start>loop", "loop>last").Json);
        await _house.StartAsync();
        foreach (var (question, answer) in new[] { ("a", "1"), ("b", "2"), ("b 2", "yes"), ("a 1", "yes") })
            await _house.RaiseAndDrainAsync(Ask.Answered(question, answer));

        Assert.Equal(["a: 1", "b: 2", "b 2: yes", "a 1: yes"], _house.Log.Lines);
        Assert.DoesNotContain("\\u001f", System.Text.Encoding.UTF8.GetString((await _house.CaseAsync()).State.Span), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Elsa.ForEach")]
    [InlineData("Elsa.ParallelForEach")]
    public async Task A_loop_over_as_many_items_as_it_may_take_ends_though_its_rounds_have_more_steps_than_a_burst(string loop)
    {
        await using var house = new House(new EngineLimits { MaxStepsPerBurst = 50 });
        var body = """{ "id": "round", "type": "Elsa.Sequence", "activities": [{ "id": "first", "type": "Test.Note" }, { "id": "second", "type": "Test.Note" }] }""";
        await house.PublishAsync(Draw.Scenario("loop").Raw(Loop(loop, $"[{string.Join(", ", Enumerable.Range(0, 100))}]", body)).Connect("start>loop").Json);

        await house.StartAsync();

        Assert.Equal(200, house.Log.Lines.Count);
        Assert.Equal(CaseSubStatus.Finished, (await house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task The_nearest_loop_gives_the_value()
    {
        var inner = $$"""{ "id": "inner", "type": "Elsa.ForEach", "items": {{Cel("[CurrentValue + '1', CurrentValue + '2']")}}, "body": { "id": "note", "type": "Test.Note", "text": {{Cel("CurrentValue")}} } }""";
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ForEach", "['a', 'b']", inner)).Connect("start>loop").Json);

        await _house.StartAsync();

        Assert.Equal(["a1", "a2", "b1", "b2"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_scenario_that_declares_the_loops_value_itself_runs_all_the_same()
    {
        var drawn = Draw.Scenario("loop").Variable("CurrentValue", "String", "outside")
            .Raw(Loop("Elsa.ForEach", "['a']", $$"""{ "id": "note", "type": "Test.Note", "text": {{Cel("CurrentValue")}} }""")).Connect("start>loop").Json;
        await _house.PublishAsync(drawn.Replace("id-CurrentValue", "CurrentValue", StringComparison.Ordinal));

        await _house.StartAsync();

        Assert.Equal(["a"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_condition_is_asked_before_each_round()
    {
        var count = $$"""{ "id": "count", "type": "Elsa.SetVariable", "variable": "n", "value": {{Cel("n + 1")}} }""";
        await _house.PublishAsync(Draw.Scenario("loop").Variable("n", "Int32", 0)
            .Raw($$"""{ "id": "loop", "type": "Elsa.While", "condition": {{Cel("n < 3")}}, "body": {{count}} }""")
            .Step("after", "Test.Note", ("text", "CEL", "'n is ' + string(n)")).Connect("start>loop", "loop>after").Json);

        await _house.StartAsync();

        Assert.Equal(["n is 3"], _house.Log.Lines);
    }

    [Fact]
    public async Task Break_ends_the_nearest_loop_with_what_waits_inside_and_burns_its_bookmarks()
    {
        var round = $$"""
            { "id": "round", "type": "Elsa.Flowchart", "activities": [
                { "id": "fork", "type": "Elsa.FlowFork", "branches": { "typeName": "Object", "expression": { "type": "Object", "value": "[\"Ask\",\"Stop\"]" } } },
                {{AskFor("CurrentValue")}},
                { "id": "second", "type": "Elsa.FlowDecision", "condition": {{Cel("CurrentIndex == 1")}} },
                { "id": "break", "type": "Elsa.Break" } ],
              "connections": [
                { "source": { "activity": "fork", "port": "Ask" }, "target": { "activity": "ask", "port": "In" } },
                { "source": { "activity": "fork", "port": "Stop" }, "target": { "activity": "second", "port": "In" } },
                { "source": { "activity": "second", "port": "True" }, "target": { "activity": "break", "port": "In" } } ] }
            """;
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ForEach", "['a', 'b', 'c']", round)).Step("after", "Test.Note", ("text", "Literal", "after")).Connect("start>loop", "loop>after").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("a", "yes"));

        Assert.Equal(["a: yes", "after"], _house.Log.Lines);
        var details = await _house.DetailsAsync();
        Assert.Equal((CaseSubStatus.Finished, 0), (details.Case.SubStatus, details.Bookmarks.Count));
    }

    [Fact]
    public async Task A_loop_that_breaks_the_limit_and_a_break_outside_a_loop_are_incidents()
    {
        await using var house = new House(new EngineLimits { MaxLoopItems = 2 });
        await house.PublishAsync(Draw.Scenario("many").Raw(Loop("Elsa.ForEach", "[1, 2, 3]", """{ "id": "note", "type": "Test.Note" }""")).Connect("start>loop").Json);
        await house.StartAsync();
        Assert.Equal("TooManyItems", Assert.Single((await house.DetailsAsync()).Incidents).Cause);

        await _house.PublishAsync(Draw.Scenario("alone").Step("break", "Elsa.Break").Connect("start>break").Json);
        await _house.StartAsync();
        Assert.Equal("BreakOutsideLoop", Assert.Single((await _house.DetailsAsync()).Incidents).Cause);
    }

    [Fact]
    public async Task An_empty_list_has_no_round()
    {
        await _house.PublishAsync(Draw.Scenario("loop").Raw(Loop("Elsa.ParallelForEach", "[]", AskFor("CurrentValue"))).Step("after", "Test.Note", ("text", "Literal", "after")).Connect("start>loop", "loop>after").Json);

        await _house.StartAsync();

        Assert.Equal(["after"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_round_of_one_step_counts_once_in_the_burst()
    {
        var limits = new EngineLimits();
        await _house.PublishAsync(Draw.Scenario("dunning").Variable("n", "Int32", 0)
            .Raw($$"""{"id":"loop","type":"Elsa.While","condition":{"typeName":"Boolean","expression":{"type":"CEL","value":"n < {{limits.MaxStepsPerBurst - 10}}"} },"body":{"id":"count","type":"Elsa.SetVariable","variable":{"id":"id-n","name":"n"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"n + 1"} } } }""")
            .Connect("start>loop").Json);

        Assert.Equal(CaseSubStatus.Finished, (await _house.StartAsync()).SubStatus);
    }

    [Fact]
    public async Task A_loop_whose_condition_cannot_be_told_stands_still_itself_and_keeps_what_its_round_did()
    {
        await _house.PublishAsync(Draw.Scenario("dunning")
            .Raw("""{"id":"loop","type":"Elsa.While","condition":{"typeName":"Boolean","expression":{"type":"CEL","value":"!has(steps.ask.answer) || 10 / (int(steps.ask.answer) - 1) > 0"}},"body":{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"Literal","value":"q"}}}}""")
            .Step("note", "Test.Note", ("text", "CEL", "'went on with ' + steps.ask.answer")).Connect("start>loop", "loop>note").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "1"));
        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);

        await _house.DecideAsync(desk => desk.DecideAsync(incident.Id, new Decision(DecisionKind.Retry) { Inputs = new Dictionary<string, JsonElement> { ["condition"] = JsonSerializer.SerializeToElement(false) } }, "anna"));

        Assert.Equal("loop", incident.NodeId);
        Assert.Equal(["q: 1", "went on with 1"], _house.Log.Lines);
    }

    [Fact]
    public async Task An_item_that_does_not_fit_stops_the_loop_and_no_round_that_is_done_is_run_again()
    {
        await PublishChargesAsync();
        await _house.StartAsync("one", """{"amounts":["1","x","3"]}""");
        await _house.RaiseAndDrainAsync(Ask.Answered("charge 1", "done"));
        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);

        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna"));
        var again = Assert.Single((await _house.DetailsAsync()).Incidents, each => each.ResolvedAt is null);
        await _house.DecideAsync(desk => desk.DecideAsync(again.Id, new Decision(DecisionKind.Retry) { Inputs = new Dictionary<string, JsonElement> { ["items"] = JsonSerializer.SerializeToElement(new[] { "1", "2", "3" }) } }, "anna"));
        await _house.RaiseAndDrainAsync(Ask.Answered("charge 2", "done"));
        await _house.RaiseAndDrainAsync(Ask.Answered("charge 3", "done"));

        Assert.Equal(("loop", "loop"), (incident.NodeId, again.NodeId));
        Assert.Contains("\"x\" is not a value of type", again.Message, StringComparison.Ordinal);
        Assert.Equal(["charge 1: done", "charge 2: done", "charge 3: done", "after"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_loop_that_stands_still_at_an_item_that_does_not_fit_can_be_skipped()
    {
        await PublishChargesAsync();
        await _house.StartAsync("one", """{"amounts":["1","x","3"]}""");
        await _house.RaiseAndDrainAsync(Ask.Answered("charge 1", "done"));

        await _house.DecideAsync(async desk => await desk.SkipAsync((await _house.DetailsAsync()).Incidents[0].Id, null, "anna"));

        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
        Assert.Equal(["charge 1: done", "after"], _house.Log.Lines);
    }

    private Task PublishChargesAsync() => _house.PublishAsync(Draw.Scenario("dunning").Variable("Amount", "Int32", 0)
        .Raw("""{"id":"loop","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{"type":"CEL","value":"input.amounts.filter(amount, amount != '')"}},"currentValue":{"typeName":"Object","memoryReference":{"id":"id-Amount"}},"body":{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"CEL","value":"'charge ' + string(Amount)"}}}}""")
        .Step("note", "Test.Note", ("text", "Literal", "after")).Connect("start>loop", "loop>note").Json);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string Loop(string type, string items, string body) => $$"""{ "id": "loop", "type": "{{type}}", "items": {{Cel(items)}}, "body": {{body}} }""";

    private static string AskFor(string question) => $$"""{ "id": "ask", "type": "Test.Ask", "question": {{Cel(question)}} }""";

    private static string Cel(string text) => $$"""{ "typeName": "Object", "expression": { "type": "CEL", "value": "{{text}}" } }""";
}
