using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>How a case runs, waits, goes on and ends.</summary>
public sealed class CaseTests : IAsyncDisposable
{
    private readonly House _house = new();

    private static string Reminding => Draw.Scenario("dunning")
        .Variable("Reply", "String")
        .Step("ask", "Test.Ask", ("question", "CEL", "'pay ' + input.invoice"), ("timeLimit", "Literal", "P7D"))
        .Step("thank", "Test.Note", ("text", "Handlebars", "Thanks, {{steps.ask.answer}}"))
        .Step("remind", "Test.Note", ("text", "Literal", "Reminder"))
        .Connect("start>ask", "ask.Answered>thank", "ask.Time limit>remind")
        .Json;

    [Fact]
    public async Task All_variables_and_what_steps_left_can_be_gone_through_and_a_map_of_texts_is_a_map()
    {
        await _house.PublishAsync(Draw.Scenario("all").Variable("Rank", "Int32", 7).Variable("Heads", "StringDictionary", new Dictionary<string, string> { ["a"] = "b" })
            .Step("left", "Test.Note", ("text", "Literal", "first"))
            .Step("note", "Test.Note", ("text", "CEL", "string(size(variables)) + string(variables.exists(name, name == 'Rank' && variables[name] == 7)) + variables.Heads.a + string(steps.exists(step, step == 'left'))"))
            .Connect("start>left", "left>note").Json);

        await _house.StartAsync();

        Assert.Equal(["first", "2truebtrue"], _house.Log.Lines);
    }

    [Theory]
    [InlineData("['xxxxxxxxxxxxxxxx']")]
    [InlineData("[b'xxxxxxxxxxxxxxxx']")]
    [InlineData("[[0]]")]
    public async Task What_an_expression_puts_together_has_an_end(string begins)
    {
        var doubled = begins + string.Concat(Enumerable.Repeat(".map(a, a + a)", 40)) + "[0]";
        await _house.PublishAsync(Draw.Scenario("large").Step("note", "Test.Note", ("text", "CEL", $"string(size({doubled}))")).Connect("start>note").Json);

        Assert.Equal(CaseSubStatus.Faulted, (await _house.StartAsync()).SubStatus);
        Assert.Contains("too large", Assert.Single((await _house.DetailsAsync()).Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_waits_until_its_answer_comes_and_then_ends()
    {
        await _house.PublishAsync(Reminding);
        var waiting = await _house.StartAsync(inputJson: """{"invoice":"F-1"}""");

        Assert.Equal((CaseStatus.Running, CaseSubStatus.Suspended, "ask"), (waiting.Status, waiting.SubStatus, waiting.WaitingNodeId));
        Assert.Equal((House.Start, House.Start.AddDays(7)), (waiting.WaitingSince, waiting.WaitingUntil));

        await _house.RaiseAndDrainAsync(Ask.Answered("pay F-1", "yes"));

        var details = await _house.DetailsAsync();
        Assert.Equal((CaseStatus.Finished, CaseSubStatus.Finished, 0), (details.Case.Status, details.Case.SubStatus, details.Case.State.Length));
        Assert.Empty(details.Bookmarks);
        Assert.Equal(["pay F-1: yes", "Thanks, yes"], _house.Log.Lines);
        Assert.Equal(["Start", "Test.Ask"], details.Journal.Select(entry => entry.Cause));
        Assert.Equal(["start Completed", "ask Waiting", "ask Completed", "thank Completed"], details.Journal.SelectMany(entry => entry.Steps).Select(step => $"{step.NodeId} {step.What}"));
    }

    [Fact]
    public async Task A_text_is_filled_with_variables_by_either_of_their_names_and_values_are_written_as_expressions_write_them()
    {
        await _house.PublishAsync(Draw.Scenario("saying").Variable("Level", "Int32", 5)
            .Step("filled", "Test.Note", ("text", "Handlebars", "{{Level}} and {{variables.Level}}"))
            .Step("truth", "Test.Note", ("text", "CEL", "variables.Level == 5"))
            .Step("instant", "Test.Note", ("text", "CEL", "timestamp('2026-03-02T10:00:00+01:00')")).Connect("start>filled", "filled>truth", "truth>instant").Json);

        await _house.StartAsync();

        Assert.Equal(["5 and 5", "true", "2026-03-02T09:00:00Z"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_goes_on_by_its_time_limit_when_business_time_has_passed()
    {
        await _house.PublishAsync(Reminding);
        await _house.StartAsync(inputJson: """{"invoice":"F-1"}""");
        _house.Clock.Advance(TimeSpan.FromDays(6.9));
        await _house.Worker.DrainAsync();
        Assert.Empty(_house.Log.Lines);

        _house.Clock.Advance(TimeSpan.FromDays(0.2));
        await _house.Worker.DrainAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("pay F-1", "too late"));

        Assert.Equal(["Reminder"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_question_is_not_lost()
    {
        await _house.PublishAsync(Reminding);
        await _house.RaiseAndDrainAsync(Ask.Answered("pay F-1", "early"));

        await _house.StartAsync(inputJson: """{"invoice":"F-1"}""");

        Assert.Equal(["pay F-1: early", "Thanks, early"], _house.Log.Lines);
    }

    [Fact]
    public async Task The_same_start_raised_three_times_makes_one_case()
    {
        await _house.PublishAsync(Reminding);
        for (var time = 0; time < 3; time++)
            await _house.StartAsync(inputJson: """{"invoice":"F-1"}""");

        Assert.Equal(1, (await _house.CaseAsync()).Revision);
    }

    [Fact]
    public async Task A_failing_step_leaves_nothing_behind_but_the_steps_before_it_stay()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(Draw.Scenario("failing").Variable("Count", "Int32", 1)
            .Step("first", "Test.Note").Step("fail", "Test.Failing").Step("last", "Test.Note", ("text", "CEL", "string(Count)"))
            .Connect("start>first", "first>fail", "fail>last").Json);

        var stopped = await _house.StartAsync();

        var details = await _house.DetailsAsync();
        var incident = Assert.Single(details.Incidents);
        Assert.Equal((IncidentKind.Outside, "fail", "The gateway does not answer."), (incident.Kind, incident.NodeId, incident.Message));
        Assert.Equal((CaseStatus.Running, CaseSubStatus.Faulted, "invoice:one"), (stopped.Status, stopped.SubStatus, stopped.CorrelationId));
        Assert.Empty(details.Bookmarks);
        Assert.Equal(0, await _house.Store.DepthAsync());
        Assert.Equal(["start Completed", "first Completed", "fail Faulted"], details.Journal.Single().Steps.Select(step => $"{step.NodeId} {step.What}"));

        Assert.True(await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna")));
        Assert.False(await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna")));

        Assert.Equal(["first", "99"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_skipped_step_is_passed_over_and_a_cancelled_case_ends()
    {
        _house.Log.FailuresLeft = 2;
        await _house.PublishAsync(Draw.Scenario("failing").Step("fail", "Test.Failing").Step("last", "Test.Note").Connect("start>fail", "fail>last").Json);
        await _house.StartAsync();
        await _house.StartAsync("two");
        var first = (await _house.DetailsAsync()).Incidents.Single();
        var second = (await _house.DetailsAsync("two")).Incidents.Single();

        await _house.DecideAsync(desk => desk.SkipAsync(first.Id, null, "anna"));
        await _house.DecideAsync(desk => desk.CancelAsync(second.Id, "anna"));

        Assert.Equal(["last"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
        Assert.Equal(CaseSubStatus.Cancelled, (await _house.CaseAsync("two")).SubStatus);
    }

    [Fact]
    public async Task A_loop_without_a_wait_is_stopped_and_what_it_did_is_dropped()
    {
        await using var house = new House(new EngineLimits { MaxStepsPerBurst = 50 });
        await house.PublishAsync(Draw.Scenario("loop")
            .Step("ask", "Test.Ask", ("timeLimit", "CEL", "duration('P1D')")).Step("again", "Elsa.FlowDecision", ("condition", "CEL", "true")).Connect("start>ask", "ask.Time limit>again", "again.True>ask").Json);
        await house.StartAsync();
        house.Clock.Advance(TimeSpan.FromDays(1));

        await house.Worker.DrainAsync();
        Assert.Equal("ask", (await house.CaseAsync()).WaitingNodeId);

        await house.PublishAsync(Draw.Scenario("tight").Raw("""{"id":"seq","type":"Elsa.Sequence","activities":[]}""").Step("ask", "Test.Ask")
            .Connect("start>seq", "seq>seq", "seq>ask").Json);
        await house.RaiseAndDrainAsync(Event.Published("Start") with { OnlyDefinitionId = "tight", StartKey = "t", Subject = new CaseSubject("invoice:t", null, null) });
        var details = await house.DetailsAsync("t");
        Assert.Equal("BurstBudget", details.Incidents.Single().Cause);
        Assert.Equal(CaseSubStatus.Faulted, details.Case.SubStatus);
        Assert.Empty(details.Bookmarks);
    }

    [Fact]
    public async Task A_case_that_would_keep_too_much_while_it_waits_is_an_incident_and_keeps_what_it_had()
    {
        await using var house = new House(new EngineLimits { MaxStateBytes = 2_000 });
        await house.PublishAsync(Draw.Scenario("large").Variable("Text", "String", new string('x', 3_000)).Variable("Copy", "String")
            .Raw("""{"id":"copy","type":"Elsa.SetVariable","variable":"Copy","value":{"typeName":"Object","expression":{"type":"CEL","value":"Text + '!'"}}}""")
            .Step("ask", "Test.Ask").Connect("start>copy", "copy>ask").Json);

        await house.StartAsync();

        var details = await house.DetailsAsync();
        Assert.Equal((IncidentKind.Configuration, "BurstBudget"), (details.Incidents.Single().Kind, details.Incidents.Single().Cause));
        Assert.Contains("1 kB is the most", details.Incidents.Single().Message, StringComparison.Ordinal);
        Assert.Empty(details.Bookmarks);
    }

    [Fact]
    public async Task A_step_that_loses_the_database_is_tried_again_and_asks_nobody()
    {
        _house.Log.FailuresLeft = 2;
        await _house.PublishAsync(Draw.Scenario("reading").Step("read", "Test.Reading").Connect("start>read").Json);
        await _house.RaiseAsync(Event.Published("Start") with { StartKey = "one", Subject = new CaseSubject("invoice:one", "one", null) });
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _house.Worker.DrainAsync();
            _house.Clock.Advance(TimeSpan.FromSeconds(4));
        }

        var details = await _house.DetailsAsync();
        Assert.Equal(CaseSubStatus.Finished, details.Case.SubStatus);
        Assert.Empty(details.Incidents);
    }

    [Fact]
    public async Task A_burst_that_takes_too_long_is_tried_again_before_a_person_is_asked()
    {
        await using var house = new House(new EngineLimits { MaxBurstDuration = TimeSpan.FromTicks(-1), MaxAttempts = 2 });
        await house.PublishAsync(Draw.Scenario("slow").Step("note", "Test.Note").Connect("start>note").Json);
        await house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one", Subject = new CaseSubject("invoice:one", "one", null) });
        Assert.Equal(1, await house.Store.DepthAsync());

        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.Worker.DrainAsync();

        Assert.Equal("BurstBudget", (await house.DetailsAsync()).Incidents.Single().Cause);
        Assert.Equal(0, await house.Store.DepthAsync());
    }

    [Fact]
    public async Task Work_that_takes_its_process_with_it_each_time_ends_as_an_incident()
    {
        await using var house = new House(new EngineLimits { MaxAttempts = 3 });
        await house.PublishAsync(Draw.Scenario("deadly").Step("note", "Test.Note").Connect("start>note").Json);
        await house.RaiseAsync(Event.Published("Start") with { StartKey = "one", Subject = new CaseSubject("invoice:one", "one", null) });
        for (var process = 0; process < 3; process++)
        {
            Assert.Single(await house.Store.ClaimAsync("a process that dies", 10, TimeSpan.FromMinutes(1)));
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await house.Worker.DrainAsync();
        var details = await house.DetailsAsync();
        Assert.Equal((IncidentKind.Bug, "NeverEnded"), (details.Incidents.Single().Kind, details.Incidents.Single().Cause));
        Assert.Contains("begun 3 times", details.Incidents.Single().Message, StringComparison.Ordinal);

        await house.DecideAsync(desk => desk.RetryAsync(details.Incidents.Single().Id, "anna"));
        Assert.Equal(CaseSubStatus.Finished, (await house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_step_whose_database_stays_away_is_named_once_no_try_helps()
    {
        await using var house = new House(new EngineLimits { MaxAttempts = 2 });
        house.Log.FailuresLeft = 2;
        await house.PublishAsync(Draw.Scenario("reading").Step("read", "Test.Reading").Step("note", "Test.Note").Connect("start>read", "read>note").Json);
        await house.RaiseAsync(Event.Published("Start") with { StartKey = "one", Subject = new CaseSubject("invoice:one", "one", null) });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await house.Worker.DrainAsync();
            house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var incident = Assert.Single((await house.DetailsAsync()).Incidents);
        Assert.Equal(("read", IncidentKind.Outside, "DbException"), (incident.NodeId, incident.Kind, incident.Cause));

        await house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna"));
        Assert.Equal(CaseSubStatus.Finished, (await house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_call_of_a_step_that_takes_too_long_is_the_outside_s_and_no_bug()
    {
        await _house.PublishAsync(Draw.Scenario("calling").Step("call", "Test.Calling").Connect("start>call").Json);
        await _house.StartAsync();

        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        Assert.Equal(("call", IncidentKind.Outside, "TimeoutException"), (incident.NodeId, incident.Kind, incident.Cause));
        Assert.Contains("HttpClient.Timeout", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_for_a_case_that_has_ended_is_given_up_without_an_incident()
    {
        await _house.PublishAsync(Draw.Scenario("short").Step("note", "Test.Note").Connect("start>note").Json);
        var ended = await _house.StartAsync();
        var late = new WorkItem { Id = Guid.CreateVersion7(), TenantId = _house.Tenant, Kind = WorkKind.Resume, Key = "late", CaseId = ended.Id, BookmarkId = Guid.CreateVersion7(), EnqueuedAt = House.Start };

        await _house.InTenantAsync(async services =>
        {
            var work = (IEngineUnitOfWork)services.GetService(typeof(IEngineUnitOfWork))!;
            work.Append(new WorkEnqueued(late));
            await work.CommitAsync();
            var claimed = Assert.Single(await _house.Store.ClaimAsync("test", 1, TimeSpan.FromMinutes(1)));
            await new CaseRunner(services, _house.Get<Compilation.CompiledScenarios>(), _house.Clock, new EngineLimits()).GiveUpAsync(claimed, new TimeoutException());
            return true;
        });

        Assert.Empty((await _house.DetailsAsync()).Incidents);
        Assert.Equal(0, await _house.Store.DepthAsync());
    }

    [Fact]
    public async Task A_step_that_neither_ends_nor_waits_is_an_incident()
    {
        await _house.PublishAsync(Draw.Scenario("stubborn").Step("stuck", "Test.Stubborn").Connect("start>stuck").Json);
        await _house.StartAsync();

        Assert.Equal("NeitherEndsNorWaits", (await _house.DetailsAsync()).Incidents.Single().Cause);
    }

    [Fact]
    public async Task A_person_can_cancel_a_waiting_case()
    {
        await _house.PublishAsync(Reminding);
        var waiting = await _house.StartAsync(inputJson: """{"invoice":"F-1"}""");

        await _house.InTenantAsync(async services => await ((CaseDesk)services.GetService(typeof(CaseDesk))!).CancelAsync(waiting.Id, "anna"));
        await _house.Worker.DrainAsync();

        var details = await _house.DetailsAsync();
        Assert.Equal((CaseStatus.Finished, CaseSubStatus.Cancelled), (details.Case.Status, details.Case.SubStatus));
        Assert.Empty(details.Bookmarks);
    }

    [Fact]
    public async Task An_input_without_a_value_is_an_incident_that_names_it()
    {
        await _house.PublishAsync(Draw.Scenario("input").Step("note", "Test.Note", ("text", "CEL", "'Dear ' + input.name")).Connect("start>note").Json);
        await _house.StartAsync();

        Assert.Contains("There is no name. (line 1, column 17)", (await _house.DetailsAsync()).Incidents.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_whose_method_was_renamed_is_an_incident_that_names_it()
    {
        await _house.PublishAsync(Draw.Scenario("renamed").Step("wait", "Test.Renamed").Connect("start>wait").Json);
        var waiting = await _house.StartAsync();
        await _house.InTenantAsync(async services =>
        {
            var work = (IEngineUnitOfWork)services.GetService(typeof(IEngineUnitOfWork))!;
            var older = System.Text.Encoding.UTF8.GetString(waiting.State.Span).Replace("OnGoAsync", "OnGone", StringComparison.Ordinal);
            work.Append(new CaseChanged(waiting with { State = System.Text.Encoding.UTF8.GetBytes(older), Revision = waiting.Revision + 1 }, waiting.Revision));
            await work.CommitAsync();
            return true;
        });

        await _house.RaiseAndDrainAsync(Stimulus.For("Test.Renamed", "go"));

        var incident = (await _house.DetailsAsync()).Incidents.Single();
        Assert.Equal((IncidentKind.Bug, "MissingCallback"), (incident.Kind, incident.Cause));
        Assert.Contains("OnGone", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_limit_that_passes_while_its_step_stands_still_is_held_until_the_decision()
    {
        await _house.PublishAsync(Draw.Scenario("held").Variable("Count", "Int32")
            .Raw("""{"id":"ask","type":"Test.Ask","question":{"typeName":"String","expression":{"type":"Literal","value":"q"}},"timeLimit":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P1D"}},"answer":{"typeName":"String","memoryReference":{"id":"id-Count"}}}""")
            .Step("paid", "Test.Note").Step("late", "Test.Note").Connect("start>ask", "ask.Answered>paid", "ask.Time limit>late").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "not a number"));
        var incident = (await _house.DetailsAsync()).Incidents.Single();

        _house.Clock.Advance(TimeSpan.FromDays(2));
        await _house.Worker.DrainAsync();
        Assert.Equal(CaseSubStatus.Faulted, (await _house.CaseAsync()).SubStatus);
        Assert.DoesNotContain("late", _house.Log.Lines);

        await _house.DecideAsync(desk => desk.SkipAsync(incident.Id, "Answered", "anna"));

        Assert.Contains("paid", _house.Log.Lines);
        Assert.DoesNotContain("late", _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
