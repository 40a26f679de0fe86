using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Migration;

/// <summary>How cases that stand inside joins, loops and sequences go on with another version.</summary>
public sealed class MigrationFrameTests : IAsyncDisposable
{
    private static readonly MigrationOrder FirstToSecond = new() { DefinitionId = "dunning", From = 1 };

    private readonly House _house = new();

    [Fact]
    public async Task A_way_that_waits_before_a_join_waits_there_in_the_new_version_too()
    {
        await _house.PublishAsync(Joining("join", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Joining("meet", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond with { Steps = new Dictionary<string, string?> { ["join"] = "meet" } });
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(1, done.Moved);
        Assert.Equal(["quick", "q: yes", "New"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_way_that_waits_before_a_join_which_is_gone_keeps_the_case_where_it_is()
    {
        await _house.PublishAsync(Joining("join", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Joining("meet", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.JoinIsGone, "join"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_join_that_waits_for_nothing_more_as_it_is_drawn_now_runs_at_once()
    {
        await _house.PublishAsync(Joining("join", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Forked("New").Step("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAllActive"))
            .Connect("start>fork", "fork.A>quick", "fork.B>ask", "quick>join", "join>end").Json);

        await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(["quick", "New"], _house.Log.Lines);
        Assert.Equal("ask", (await _house.CaseAsync()).WaitingNodeId);
    }

    [Fact]
    public async Task A_loop_goes_on_with_its_next_items_as_the_new_version_draws_its_rounds()
    {
        await _house.PublishAsync(Looping("Test.Ask").Json);
        await _house.StartAsync(inputJson: """{"invoices":["F1","F2","F3"]}""");
        await _house.RaiseAndDrainAsync(Ask.Answered("F1", "yes"));
        await _house.PublishAsync(Looping("Test.Ask").Step("end", "Test.Note", ("text", "Literal", "New")).Connect("loop>end").Json);

        var done = await _house.MigrateAsync(FirstToSecond);
        await _house.RaiseAndDrainAsync(Ask.Answered("F2", "yes"));
        await _house.RaiseAndDrainAsync(Ask.Answered("F3", "yes"));

        Assert.Equal(1, done.Moved);
        Assert.Equal(["F1: yes", "F2: yes", "F3: yes", "New"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_step_that_stands_in_another_frame_keeps_the_case_where_it_is()
    {
        await _house.PublishAsync(Looping("Test.Ask").Json);
        await _house.StartAsync(inputJson: """{"invoices":["F1"]}""");
        await _house.PublishAsync(Draw.Scenario("dunning").Step("loop", "Elsa.ForEach", ("items", "CEL", "input.invoices")).Step("body", "Test.Ask").Connect("start>loop", "loop>body").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.StepStandsElsewhere, "body"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_sequence_goes_on_after_the_step_it_stands_at_whatever_came_before_it()
    {
        await _house.PublishAsync(Sequence("ask", "after").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Sequence("before", "ask", "after").Json);

        await _house.MigrateAsync(FirstToSecond);
        await _house.RaiseAndDrainAsync(Ask.Answered("ask", "yes"));

        Assert.Equal(["ask: yes", "after"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static Draw Forked(string end) => Draw.Scenario("dunning")
        .Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]""")).Step("quick", "Test.Note").Step("ask", "Test.Ask", ("question", "Literal", "q"))
        .Step("end", "Test.Note", ("text", "Literal", end));

    private static Draw Joining(string join, string end) => Forked(end).Step(join, "Elsa.FlowJoin", ("mode", "Literal", "WaitAll"))
        .Connect("start>fork", "fork.A>quick", "fork.B>ask", $"quick>{join}", $"ask.Answered>{join}", $"{join}>end");

    private static Draw Looping(string body) => Draw.Scenario("dunning").Raw($$$"""
        {"id":"loop","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{"type":"CEL","value":"input.invoices"}},
         "body": {"id":"body","type":"{{{body}}}","question":{"typeName":"String","expression":{"type":"CEL","value":"CurrentValue"} } } }
        """).Connect("start>loop");

    private static Draw Sequence(params string[] steps) => Draw.Scenario("dunning").Raw($$"""
        {"id":"seq","type":"Elsa.Sequence","activities":[{{string.Join(',', steps.Select(step => step == "ask"
            ? """{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"Literal","value":"ask"}}}"""
            : $$"""{"id":"{{step}}","type":"Test.Note"}"""))}}]}
        """).Connect("start>seq");
}
