using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>How tokens move through a flowchart.</summary>
public sealed class FlowTests : IAsyncDisposable
{
    private readonly House _house = new();

    private static Draw Forked(string mode) => Draw.Scenario("forked")
        .Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]"""))
        .Step("a", "Test.Ask", ("question", "Literal", "a"), ("timeLimit", "Literal", "P30D"))
        .Step("b", "Test.Ask", ("question", "Literal", "b"), ("timeLimit", "Literal", "P30D"))
        .Step("join", "Elsa.FlowJoin", ("mode", "Literal", mode))
        .Step("end", "Test.Note")
        .Connect("start>fork", "fork.A>a", "fork.B>b", "a.Answered>join", "b.Answered>join", "join>end");

    [Fact]
    public async Task A_join_for_all_runs_once_when_every_way_has_arrived()
    {
        await _house.PublishAsync(Forked("WaitAll").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("a", "1"));
        Assert.DoesNotContain("end", _house.Log.Lines);

        await _house.RaiseAndDrainAsync(Ask.Answered("b", "2"));

        Assert.Equal(["a: 1", "b: 2", "end"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_join_for_any_goes_on_with_the_first_and_ends_the_other_wait()
    {
        await _house.PublishAsync(Forked("WaitAny").Json);
        await _house.StartAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("b", "2"));
        await _house.RaiseAndDrainAsync(Ask.Answered("a", "1"));

        Assert.Equal(["b: 2", "end"], _house.Log.Lines);
        var details = await _house.DetailsAsync();
        Assert.Equal(CaseSubStatus.Finished, details.Case.SubStatus);
        Assert.Empty(details.Bookmarks);
        Assert.Contains(details.Journal.SelectMany(entry => entry.Steps), step => step is { NodeId: "a", What: "Cancelled" });
    }

    [Fact]
    public async Task A_join_for_the_active_ways_does_not_wait_for_one_that_ended_elsewhere()
    {
        await _house.PublishAsync(Forked("WaitAllActive").Step("late", "Test.Note").Connect("a.Time limit>late").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("b", "2"));
        Assert.DoesNotContain("end", _house.Log.Lines);

        _house.Clock.Advance(TimeSpan.FromDays(31));
        await _house.Worker.DrainAsync();

        Assert.Equal(["b: 2", "late", "end"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_join_for_all_whose_way_has_ended_is_an_incident_and_can_be_skipped()
    {
        await _house.PublishAsync(Forked("WaitAll").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("b", "2"));
        _house.Clock.Advance(TimeSpan.FromDays(31));
        await _house.Worker.DrainAsync();

        var incident = (await _house.DetailsAsync()).Incidents.Single();
        Assert.Equal("JoinNeverComplete", incident.Cause);
        Assert.Contains("a (Answered)", incident.Message, StringComparison.Ordinal);

        await _house.DecideAsync(desk => desk.SkipAsync(incident.Id, null, "anna"));
        Assert.Equal(["b: 2", "end"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task Decision_switch_variable_sequence_and_if_do_what_they_say()
    {
        await _house.PublishAsync(Draw.Scenario("all").Variable("Level", "Int32", 1)
            .Raw("""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Level","name":"Level"},"value":{"typeName":"Object","expression":{"type":"CEL","value":"Level + int(input.more)"}}}""")
            .Step("decide", "Elsa.FlowDecision", ("condition", "CEL", "Level > 2"))
            .Raw("""{"id":"switch","type":"Elsa.FlowSwitch","cases":[{"label":"Low","condition":{"type":"CEL","value":"Level < 3"}},{"label":"Three","condition":{"type":"CEL","value":"Level == 3"}}]}""")
            .Raw("""{"id":"seq","type":"Elsa.Sequence","activities":[{"id":"s1","type":"Test.Note"},{"id":"if","type":"Elsa.If","condition":{"typeName":"Boolean","expression":{"type":"CEL","value":"Level == 3"}},"then":{"id":"then","type":"Test.Note"},"else":{"id":"else","type":"Test.Note"}},{"id":"s2","type":"Test.Note"}]}""")
            .Step("finish", "Elsa.Finish")
            .Step("never", "Test.Note")
            .Connect("start>set", "set>decide", "decide.True>switch", "decide.False>never", "switch.Three>seq", "switch.Low>never", "seq>finish").Json);

        await _house.StartAsync(inputJson: """{"more":"2"}""");

        Assert.Equal(["s1", "then", "s2"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task Finish_ends_the_case_with_all_its_waits()
    {
        await _house.PublishAsync(Draw.Scenario("finish").Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]""")).Step("a", "Test.Ask").Step("f", "Elsa.Finish")
            .Connect("start>fork", "fork.A>a", "fork.B>f").Json);
        await _house.StartAsync();

        var details = await _house.DetailsAsync();
        Assert.Equal(CaseSubStatus.Finished, details.Case.SubStatus);
        Assert.Empty(details.Bookmarks);
    }

    [Fact]
    public async Task A_step_that_ends_by_an_outcome_it_does_not_have_is_a_problem_and_does_not_end_the_case()
    {
        await _house.PublishAsync(Draw.Scenario("flow").Step("check", "Test.Mistyped").Step("note", "Test.Note", ("text", "Literal", "not covered")).Connect("start>check", "check.Not covered>note").Json);

        await _house.StartAsync();

        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        Assert.Equal((FaultCauses.OutcomeIsUnknown, IncidentKind.Configuration), (incident.Cause, incident.Kind));
        Assert.Contains("\"Not Covered\"", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_after_which_nothing_is_drawn_ends_its_way_by_any_outcome()
    {
        await _house.PublishAsync(Draw.Scenario("flow").Step("check", "Test.Mistyped").Connect("start>check").Json);

        await _house.StartAsync();

        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_delay_lasts_its_span_of_business_time()
    {
        await _house.PublishAsync(Draw.Scenario("delay").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "3.00:00:00")).Step("after", "Test.Note").Connect("start>wait", "wait>after").Json);
        await _house.StartAsync();
        Assert.Equal(House.Start.AddDays(3), await _house.Store.NextTimerDueAsync());

        _house.Clock.Advance(TimeSpan.FromDays(3));
        await _house.Worker.DrainAsync();

        Assert.Equal(["after"], _house.Log.Lines);
    }

    [Fact]
    public async Task Joins_that_wait_for_each_other_do_not_wait_for_a_branch_that_leads_to_neither()
    {
        await _house.PublishAsync(Draw.Scenario("circle")
            .Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B","C"]"""))
            .Step("long", "Test.Ask", ("question", "Literal", "long"), ("timeLimit", "Literal", "P90D"))
            .Step("first", "Elsa.FlowJoin", ("mode", "Literal", "WaitAllActive")).Step("between", "Test.Note").Step("second", "Elsa.FlowJoin", ("mode", "Literal", "WaitAllActive"))
            .Step("again", "Test.Ask", ("question", "Literal", "again")).Step("third", "Elsa.FlowJoin", ("mode", "Literal", "WaitAllActive"))
            .Connect("start>fork", "fork.A>first", "fork.B>second", "fork.C>long", "fork.C>third", "long.Answered>third", "first>between", "between>second", "second>again", "again.Answered>first").Json);

        await _house.StartAsync();

        Assert.Equal(["between"], _house.Log.Lines.Select(line => line.Length > 20 ? "between" : line));
        Assert.Equal(["again", "long"], (await _house.DetailsAsync()).Bookmarks.Where(wait => wait.Hash is not null).Select(wait => wait.NodeId).Order());
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
