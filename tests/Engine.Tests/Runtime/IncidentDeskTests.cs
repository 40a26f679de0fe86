using System.Text.Json;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Runtime;

/// <summary>How people decide incidents: one by one, with other values, and all of a cause.</summary>
public sealed class IncidentDeskTests : IAsyncDisposable
{
    private readonly House _house = new();

    [Fact]
    public async Task A_failed_step_is_tried_again_with_the_value_a_person_gave_it()
    {
        await _house.PublishAsync(Draw.Scenario("naming").Step("note", "Test.Note", ("text", "CEL", "'Dear ' + input.name")).Connect("start>note").Json);
        await _house.StartAsync();
        var incident = await OnlyAsync();

        Assert.True(await _house.DecideAsync(desk => desk.DecideAsync(incident.Id, Corrected("text", "Dear Zoé"), "Anna")));

        Assert.Equal(["Dear Zoé"], _house.Log.Lines);
        var step = (await _house.DetailsAsync()).Journal[^1].Steps[0];
        Assert.Equal(("\"Dear Zoé\"", "Tried again with other values for text."), (step.Values["text"], step.Message));
        Assert.Equal("Retried by Anna with other values for text.", await ResolutionAsync(incident.Id));
    }

    [Fact]
    public async Task A_value_given_to_a_step_that_waits_holds_when_it_goes_on()
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "CEL", "input.question"), ("timeLimit", "Literal", "P7D")).Step("late", "Test.Note").Connect("start>ask", "ask.Time limit>late").Json);
        await _house.StartAsync();

        await _house.DecideAsync(async desk => await desk.DecideAsync((await OnlyAsync()).Id, new Decision(DecisionKind.Retry) { Inputs = Values(("question", "\"q\""), ("timeLimit", "\"P1D\"")) }, "Anna"));

        Assert.Equal(House.Start.AddDays(1), (await _house.CaseAsync()).WaitingUntil);
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        Assert.Equal(["q: yes"], _house.Log.Lines);
    }

    [Theory]
    [InlineData("timeLimit", "\"soon\"", InputRefusal.WrongType)]
    [InlineData("limit", "\"P1D\"", InputRefusal.Unknown)]
    public async Task A_value_that_the_input_cannot_take_is_refused_and_the_incident_stays_open(string input, string json, InputRefusal refusal)
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "CEL", "input.question")).Connect("start>ask").Json);
        await _house.StartAsync();
        var incident = await OnlyAsync();

        var refused = await Assert.ThrowsAsync<InputRefusedException>(() => _house.DecideAsync(desk => desk.DecideAsync(incident.Id, new Decision(DecisionKind.Retry) { Inputs = Values((input, json)) }, "Anna")));

        Assert.Equal((refusal, input), (refused.Refusal, refused.Input));
        Assert.Null((await OnlyAsync()).ResolvedAt);
    }

    [Fact]
    public async Task All_incidents_of_a_cause_are_decided_by_one_decision_and_deciding_again_changes_nothing()
    {
        await _house.PublishAsync(Failing);
        _house.Log.FailuresLeft = 250;
        for (var number = 0; number < 250; number++)
            await _house.StartAsync($"case-{number}");
        var told = new List<(int, int)>();

        var decided = await DecideAllAsync(new Decision(DecisionKind.Retry), told);
        var again = await DecideAllAsync(new Decision(DecisionKind.Retry), []);
        await _house.Worker.DrainAsync();

        Assert.Equal((250, 0), (decided, again));
        Assert.Equal([(100, 250), (200, 250), (250, 250)], told);
        Assert.Equal(250, _house.Log.Lines.Count);
        Assert.All(await CasesAsync(), one => Assert.Equal(CaseSubStatus.Finished, one.SubStatus));
    }

    [Fact]
    public async Task A_decision_for_a_cause_leaves_alone_the_same_step_of_another_scenario()
    {
        _house.Log.FailuresLeft = 2;
        await _house.PublishAsync(Failing);
        await _house.PublishAsync(Failing.Replace("\"failing\"", "\"another\"", StringComparison.Ordinal));
        await _house.RaiseAndDrainAsync(Activities.Event.Published("Start", null));

        Assert.Equal(1, await DecideAllAsync(new Decision(DecisionKind.Skip), []));

        Assert.Equal("another", Assert.Single(await OpenAsync()).DefinitionId);
    }

    [Fact]
    public async Task What_belongs_to_a_decision_for_a_cause_is_told_the_size_of_each_commit()
    {
        await _house.PublishAsync(Failing);
        _house.Log.FailuresLeft = 150;
        for (var number = 0; number < 150; number++)
            await _house.StartAsync($"case-{number}");
        var sizes = new List<int>();

        await _house.InTenantAsync(services => services.GetRequiredService<IncidentDesk>().DecideAllAsync(Cause, new Decision(DecisionKind.Retry), "Anna", sizes.Add));

        Assert.Equal([100, 50], sizes);
    }

    [Fact]
    public async Task What_fails_again_waits_for_a_new_decision()
    {
        await _house.PublishAsync(Failing);
        _house.Log.FailuresLeft = 4;
        await _house.StartAsync();
        await _house.StartAsync("two");

        Assert.Equal(2, await DecideAllAsync(new Decision(DecisionKind.Retry), []));
        await _house.Worker.DrainAsync();

        Assert.Equal(2, await DecideAllAsync(new Decision(DecisionKind.Skip), []));
        await _house.Worker.DrainAsync();
        Assert.All(await CasesAsync(), one => Assert.Equal(CaseSubStatus.Finished, one.SubStatus));
    }

    [Fact]
    public async Task A_cause_over_several_versions_is_skipped_by_the_outcome_of_any_of_them()
    {
        static string Drawn(string label) => Draw.Scenario("switching")
            .Raw($$$"""{"id":"switch","type":"Elsa.FlowSwitch","cases":[{"label":"{{{label}}}","condition":{"type":"CEL","value":"input.zz == 3"}}]}""").Step("note", "Test.Note").Connect("start>switch", "switch.Default>note").Json;
        await _house.PublishAsync(Drawn("Old"));
        await _house.StartAsync("old");
        await _house.PublishAsync(Drawn("New"));
        await _house.StartAsync("one");
        await _house.StartAsync("two");
        var open = (await OpenAsync())[0];
        var cause = new IncidentCause(open.Cause, open.Kind, open.DefinitionId, open.NodeId, true);

        var refused = await Assert.ThrowsAsync<OutcomeRefusedException>(() => SkipAllAsync("Neither"));
        var skipped = await SkipAllAsync("New");

        Assert.Equal(["Default", "New", "Old"], refused.Outcomes);
        Assert.Equal((2, "old"), (skipped, (await CasesAsync()).Single(each => each.Id == Assert.Single(OpenAsync().Result).CaseId).Reference));

        Task<int> SkipAllAsync(string outcome) =>
            _house.InTenantAsync(services => services.GetRequiredService<IncidentDesk>().DecideAllAsync(cause, new Decision(DecisionKind.Skip) { Outcome = outcome }, "Anna"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task A_length_of_time_cannot_be_made_nothing(string json)
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "CEL", "input.question")).Connect("start>ask").Json);
        await _house.StartAsync();
        var incident = await OnlyAsync();

        var refused = await Assert.ThrowsAsync<InputRefusedException>(() => _house.DecideAsync(desk => desk.DecideAsync(incident.Id, new Decision(DecisionKind.Retry) { Inputs = Values(("timeLimit", json)) }, "Anna")));

        Assert.Equal((InputRefusal.Required, "timeLimit"), (refused.Refusal, refused.Input));
    }

    [Fact]
    public async Task Whoever_cancels_a_case_at_one_incident_closes_its_others_too()
    {
        _house.Log.FailuresLeft = 2;
        await _house.PublishAsync(Draw.Scenario("twice").Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]""")).Step("one", "Test.Failing").Step("two", "Test.Failing").Connect("start>fork", "fork.A>one", "fork.B>two").Json);
        var begun = await _house.StartAsync();
        var incidents = (await _house.DetailsAsync()).Incidents;
        Assert.Equal(2, incidents.Count);

        await _house.DecideAsync(desk => desk.CancelAsync(incidents[0].Id, "Anna"));

        Assert.Equal("Case cancelled by Anna.", await ResolutionAsync(incidents[1].Id));
        Assert.Equal(CaseSubStatus.Cancelled, (await FindAsync(begun.Id))!.SubStatus);
        Assert.False(await _house.DecideAsync(desk => desk.RetryAsync(incidents[1].Id, "Anna")));
    }

    [Fact]
    public async Task Whoever_cancels_a_case_closes_all_its_incidents_however_many()
    {
        _house.Log.FailuresLeft = 150;
        var items = string.Join(", ", Enumerable.Range(0, 150));
        await _house.PublishAsync(Draw.Scenario("many").Raw($$"""
            { "id": "loop", "type": "Elsa.ParallelForEach", "items": { "typeName": "Object", "expression": { "type": "CEL", "value": "[{{items}}]" } }, "body": { "id": "fail", "type": "Test.Failing" } }
            """).Connect("start>loop").Json);
        var begun = await _house.StartAsync();
        Assert.Equal(150, (await OpenAsync()).Count);

        await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().CancelAsync(begun.Id, "Anna"));

        Assert.Empty(await OpenAsync());
        await _house.Worker.DrainAsync();
        Assert.Equal(CaseSubStatus.Cancelled, (await FindAsync(begun.Id))!.SubStatus);
    }

    [Fact]
    public async Task An_incident_of_a_branch_that_another_cancels_needs_no_decision_and_the_journal_says_so()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(TwoWays.Step("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAny")).Step("last", "Test.Ask", ("question", "Literal", "last")).Connect("fail>join", "ask.Answered>join", "join>last").Json);
        await _house.StartAsync();
        var incident = await OnlyAsync();

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        var details = await _house.DetailsAsync();
        Assert.Equal(("last", CaseSubStatus.Suspended), (details.Case.WaitingNodeId, details.Case.SubStatus));
        Assert.StartsWith("The branch was cancelled", await ResolutionAsync(incident.Id), StringComparison.Ordinal);
        Assert.StartsWith("The branch was cancelled", Assert.Single(details.Journal[^1].Steps, step => step is { NodeId: "fail", What: "Cancelled" }).Message, StringComparison.Ordinal);
        Assert.False(await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "Anna")));
    }

    [Fact]
    public async Task An_incident_of_a_case_that_ends_another_way_needs_no_decision()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(TwoWays.Step("finish", "Elsa.Finish").Connect("ask.Answered>finish").Json);
        var begun = await _house.StartAsync();
        var incident = Assert.Single(await OpenAsync());

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal((CaseSubStatus.Finished, "The case ended."), ((await FindAsync(begun.Id))!.SubStatus, await ResolutionAsync(incident.Id)));
    }

    [Fact]
    public async Task A_time_limit_that_could_not_be_done_needs_no_decision_once_the_answer_came()
    {
        await using var house = new House(new EngineLimits { MaxStepsPerBurst = 20 });
        var endless = """{ "id": "loop", "type": "Elsa.While", "condition": { "typeName": "Object", "expression": { "type": "CEL", "value": "true" } }, "body": { "id": "note", "type": "Test.Note" } }""";
        await house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "Literal", "q")).Raw(endless).Step("end", "Test.Ask", ("question", "Literal", "last")).Connect("start>ask", "ask.Time limit>loop", "ask.Answered>end").Json);
        await house.StartAsync();
        house.Clock.Advance(TimeSpan.FromDays(8));
        await house.Worker.DrainAsync();
        Assert.Equal("BurstBudget", Assert.Single((await house.DetailsAsync()).Incidents).Cause);

        await house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        var details = await house.DetailsAsync();
        Assert.Equal(("end", CaseSubStatus.Suspended, 0), (details.Case.WaitingNodeId, details.Case.SubStatus, details.Incidents.Count));
    }

    [Fact]
    public async Task A_retried_step_asks_outside_under_the_key_it_asked_under_before()
    {
        await _house.PublishAsync(Draw.Scenario("paying").Step("pay", "Test.Charge").Step("end", "Test.Note", ("text", "CEL", "input.name")).Connect("start>pay", "pay>end").Json);
        var begun = await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Charge.Answer($"{begun.Id:N}-3"));
        var incident = await OnlyAsync();
        Assert.Equal("end", incident.NodeId);

        await _house.DecideAsync(desk => desk.DecideAsync(incident.Id, Corrected("text", "done"), "Anna"));

        Assert.Equal([$"asked {begun.Id:N}-3", $"answered {begun.Id:N}-3", "done"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_decision_that_could_not_be_carried_out_is_what_is_tried_again_with_the_values_it_gave()
    {
        await _house.PublishAsync(Draw.Scenario("naming").Step("note", "Test.Note", ("text", "CEL", "'Dear ' + input.name")).Step("read", "Test.Reading").Connect("start>note", "note>read").Json);
        await _house.StartAsync();
        var first = await OnlyAsync();
        await GivenUpAsync(desk => desk.DecideAsync(first.Id, Corrected("text", "Dear Zoé"), "Anna"));

        await _house.DecideAsync(async desk => await desk.RetryAsync((await OnlyAsync()).Id, "Anna"));

        Assert.Equal("Dear Zoé", _house.Log.Lines[^1]);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_step_that_a_person_skipped_is_not_run_when_skipping_it_is_tried_again()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(Draw.Scenario("skipping").Step("fail", "Test.Failing").Step("read", "Test.Reading").Step("end", "Test.Note").Connect("start>fail", "fail>read", "read>end").Json);
        await _house.StartAsync();
        var first = await OnlyAsync();
        await GivenUpAsync(desk => desk.SkipAsync(first.Id, null, "Anna"));

        await _house.DecideAsync(async desk => await desk.RetryAsync((await OnlyAsync()).Id, "Anna"));

        Assert.Equal(["end"], _house.Log.Lines);
        Assert.DoesNotContain((await _house.DetailsAsync()).Journal.SelectMany(entry => entry.Steps), step => step is { NodeId: "fail", What: "Executed" });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("answered")]
    public async Task By_which_outcome_a_skipped_step_is_left_is_never_guessed(string? outcome)
    {
        await _house.PublishAsync(AskingWrongly);
        await _house.StartAsync();
        var incident = await OnlyAsync();

        var refused = await Assert.ThrowsAsync<OutcomeRefusedException>(() => _house.DecideAsync(desk => desk.SkipAsync(incident.Id, outcome, "Anna")));
        var all = await Assert.ThrowsAsync<OutcomeRefusedException>(() => _house.InTenantAsync(services =>
            services.GetRequiredService<IncidentDesk>().DecideAllAsync(new IncidentCause(incident.Cause, incident.Kind, "failing", "fail", StopsCases: true), new Decision(DecisionKind.Skip) { Outcome = outcome }, "Anna")));
        Assert.Equal((outcome, outcome), (refused.Outcome, all.Outcome));
        Assert.Equal(["Answered", "Time limit"], refused.Outcomes);
        Assert.Null((await OnlyAsync()).ResolvedAt);

        await _house.DecideAsync(desk => desk.SkipAsync(incident.Id, "Time limit", "Anna"));
        Assert.Equal(["late"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_wait_for_time_that_could_not_go_on_ends_when_its_incident_is_skipped()
    {
        await _house.PublishAsync(Draw.Scenario("waiting").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Step("read", "Test.Reading").Step("end", "Test.Note").Connect("start>wait", "wait>read", "read>end").Json);
        await _house.StartAsync();
        _house.Clock.Advance(TimeSpan.FromDays(2));
        await GivenUpAsync(null);
        var incident = await OnlyAsync();
        Assert.Equal("wait", incident.NodeId);

        await _house.DecideAsync(desk => desk.SkipAsync(incident.Id, null, "Anna"));

        Assert.Equal(["end"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task What_comes_for_a_case_that_does_not_fit_its_version_is_done_once_it_fits_again()
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>ask").Json);
        await _house.StartAsync();
        await StateAsync("\"ask\"", "\"gone\"");
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        var incident = await OnlyAsync();
        Assert.Equal((FaultCauses.StepIsGone, CaseSubStatus.Faulted), (incident.Cause, (await _house.CaseAsync()).SubStatus));
        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "Anna"));
        var second = await OnlyAsync();

        await StateAsync("\"gone\"", "\"ask\"");
        await _house.DecideAsync(desk => desk.RetryAsync(second.Id, "Anna"));

        Assert.Equal(["q: yes"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_paused_case_that_does_not_fit_its_version_stays_paused_and_loses_nothing_that_it_holds()
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>ask").Json);
        var begun = await _house.StartAsync();
        await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().PauseAsync(begun.Id, "anna"));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        await StateAsync("\"ask\"", "\"gone\"");
        await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().ContinueAsync(begun.Id));
        await _house.Worker.DrainAsync();
        Assert.Equal(CaseSubStatus.Paused, (await _house.CaseAsync()).SubStatus);

        await StateAsync("\"gone\"", "\"ask\"");
        await _house.DecideAsync(async desk => await desk.RetryAsync((await OnlyAsync()).Id, "Anna"));

        Assert.Equal(["q: yes"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_skip_without_an_outcome_that_was_decided_while_the_case_could_not_be_read_is_asked_for_again()
    {
        await _house.PublishAsync(AskingWrongly);
        await _house.StartAsync();
        await StateAsync("\"fail\"", "\"gone\"");
        await _house.DecideAsync(async desk => await desk.SkipAsync((await OnlyAsync()).Id, null, "Anna"));
        await StateAsync("\"gone\"", "\"fail\"");

        await _house.DecideAsync(async desk => await desk.RetryAsync((await OnlyAsync()).Id, "Anna"));
        Assert.Equal(FaultCauses.NoSuchOutcome, (await OnlyAsync()).Cause);
        Assert.Empty(_house.Log.Lines);

        await _house.DecideAsync(async desk => await desk.SkipAsync((await OnlyAsync()).Id, "Time limit", "Anna"));
        Assert.Equal(["late"], _house.Log.Lines);
    }

    [Fact]
    public async Task Values_are_given_to_a_step_that_failed_and_to_none_that_only_waited()
    {
        await _house.PublishAsync(Draw.Scenario("waiting").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Step("read", "Test.Reading").Connect("start>wait", "wait>read").Json);
        await _house.StartAsync();
        _house.Clock.Advance(TimeSpan.FromDays(2));
        await GivenUpAsync(null);
        var incident = await OnlyAsync();

        await Assert.ThrowsAsync<InputRefusedException>(() => _house.DecideAsync(desk => desk.DecideAsync(incident.Id, new Decision(DecisionKind.Retry) { Inputs = Values(("timeSpan", "\"P2D\"")) }, "Anna")));
    }

    [Theory]
    [InlineData(DecisionKind.Retry)]
    [InlineData(DecisionKind.Skip)]
    public async Task A_step_goes_on_with_what_its_case_was_told_and_not_with_what_it_began_with(DecisionKind kind)
    {
        await _house.PublishAsync(Draw.Scenario("paid").Variable("Count", "Int32").Step("paid", "Elsa.Event", ("eventName", "Literal", "Paid")).Step("fail", "Test.Failing")
            .Step("note", "Test.Note", ("text", "CEL", "string(input.amount)")).Connect("start>paid", "paid>fail", "fail>note").Json);
        await _house.StartAsync(inputJson: """{"amount":1}""");
        _house.Log.FailuresLeft = 1;
        await _house.RaiseAndDrainAsync(Activities.Event.Published("Paid", """{"amount":500}"""));

        await _house.DecideAsync(async desk => await desk.DecideAsync((await OnlyAsync()).Id, new Decision(kind), "Anna"));

        Assert.Equal(["500"], _house.Log.Lines);
    }

    [Fact]
    public async Task What_is_no_number_stops_nothing_and_is_told_by_its_name()
    {
        await _house.PublishAsync(Draw.Scenario("share").Variable("Share", "Double").Raw("""{"id":"set","type":"Elsa.SetVariable","variable":"Share","value":{"typeName":"Double","expression":{"type":"CEL","value":"double(input.paid) / double(input.total)"}}}""")
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("note", "Test.Note", ("text", "CEL", "string(variables.Share)")).Connect("start>set", "set>ask", "ask.Answered>note").Json);
        await _house.StartAsync(inputJson: """{"paid":0,"total":0}""");

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(["q: yes", "NaN"], _house.Log.Lines);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task A_start_whose_version_cannot_be_read_is_not_lost_and_begins_by_the_retry_once_it_can()
    {
        var version = await _house.PublishAsync(Draw.Scenario("failing").Variable("Count", "Int32", "7").Step("say", "Test.Note", ("text", "CEL", "input.who + string(variables.Count)")).Connect("start>say").Json);
        await SaveAsync(version with { Json = "{}" }, version.Revision);

        var standing = await _house.StartAsync(inputJson: """{"who":"Anna"}""");
        var incident = Assert.Single(await OpenAsync());
        Assert.Equal((FaultCauses.VersionUnreadable, standing.Id, "failing"), (incident.Cause, incident.CaseId, incident.DefinitionId));
        Assert.Equal((CaseSubStatus.Faulted, "failing:one", version.Version), (standing.SubStatus, standing.StartKey, standing.Version));
        Assert.Equal(0, await _house.Store.DepthAsync());

        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "Anna"));
        await SaveAsync(version, version.Revision + 1);
        await _house.DecideAsync(async desk => await desk.RetryAsync((await OnlyAsync()).Id, "Anna"));

        Assert.Equal(["Anna7"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
        Assert.Empty(await OpenAsync());
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string AskingWrongly => Draw.Scenario("failing").Step("fail", "Test.Ask", ("question", "CEL", "input.question"), ("timeLimit", "Literal", "P7D"))
        .Step("answered", "Test.Note", ("text", "Literal", "answered")).Step("late", "Test.Note", ("text", "Literal", "late")).Connect("start>fail", "fail.Answered>answered", "fail.Time limit>late").Json;

    /// <summary>Decides, and lets the store fail until what is to be done is given up.</summary>
    private async Task GivenUpAsync(Func<IncidentDesk, Task<bool>>? decide)
    {
        var tries = _house.Get<EngineLimits>().MaxAttempts;
        _house.Log.FailuresLeft = tries;
        if (decide is not null)
            await _house.DecideAsync(decide);
        for (var number = 0; number < tries; number++)
        {
            await _house.Worker.DrainAsync();
            _house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(0, await _house.Store.DepthAsync());
        _house.Log.FailuresLeft = 0;
    }

    /// <summary>Lets a published version be another one, as a plugin that was changed does.</summary>
    private Task SaveAsync(ScenarioVersion version, long over) => _house.InTenantAsync(async services =>
    {
        var work = services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new ScenarioVersionSaved(version with { Revision = over + 1 }, over));
        await work.CommitAsync();
        return true;
    });

    private Task StateAsync(string old, string next) => _house.InTenantAsync(async services =>
    {
        var (work, standing) = (services.GetRequiredService<IEngineUnitOfWork>(), await _house.CaseAsync());
        var state = System.Text.Encoding.UTF8.GetString(standing.State.Span).Replace(old, next, StringComparison.Ordinal);
        work.Append(new CaseChanged(standing with { State = System.Text.Encoding.UTF8.GetBytes(state), Revision = standing.Revision + 1 }, standing.Revision));
        await work.CommitAsync();
        return true;
    });

    private static Draw TwoWays => Draw.Scenario("two ways").Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]""")).Step("fail", "Test.Failing").Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>fork", "fork.A>fail", "fork.B>ask");

    private static IncidentCause Cause => new("TimeoutException", IncidentKind.Outside, "failing", "fail", StopsCases: true);

    private static string Failing => Draw.Scenario("failing").Variable("Count", "Int32").Step("fail", "Test.Failing").Step("end", "Test.Note").Connect("start>fail", "fail>end").Json;

    private static Decision Corrected(string input, string value) => new(DecisionKind.Retry) { Inputs = Values((input, JsonSerializer.Serialize(value))) };

    private static Dictionary<string, JsonElement> Values(params (string Name, string Json)[] values) =>
        values.ToDictionary(value => value.Name, value => JsonSerializer.Deserialize<JsonElement>(value.Json));

    private Task<IReadOnlyList<Incident>> OpenAsync() => _house.InTenantAsync(async services => await services.GetRequiredService<IncidentDesk>().OpenAsync(500));

    private async Task<Incident> OnlyAsync() => Assert.Single((await _house.DetailsAsync()).Incidents);

    private Task<int> DecideAllAsync(Decision decision, List<(int, int)> told) => _house.InTenantAsync(services =>
        services.GetRequiredService<IncidentDesk>().DecideAllAsync(Cause, decision, "Anna", null, (done, of) => told.Add((done, of))));

    private Task<IReadOnlyList<CaseRecord>> CasesAsync() => _house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { Limit = 500 }));

    private Task<CaseRecord?> FindAsync(Guid id) => _house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().FindAsync(id));

    private Task<string?> ResolutionAsync(Guid incidentId) => _house.InTenantAsync(async services => (await services.GetRequiredService<ICaseStore>().FindIncidentAsync(incidentId))!.Resolution);
}
