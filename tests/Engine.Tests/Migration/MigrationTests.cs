using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Migration;

/// <summary>How running cases go on with another version of their scenario, and which stay.</summary>
public sealed class MigrationTests : IAsyncDisposable
{
    private static readonly MigrationOrder FirstToSecond = new() { DefinitionId = "dunning", From = 1 };

    private readonly House _house = new();

    [Fact]
    public async Task A_waiting_case_goes_on_with_the_new_version_at_the_same_step_and_keeps_its_deadline()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        var before = await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);
        _house.Clock.Advance(TimeSpan.FromDays(1));

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal((1, 1, 0), (done.Total, done.Moved, done.Stayed));
        Assert.NotNull(done.EndedAt);
        var moved = await _house.CaseAsync();
        Assert.Equal((2, "ask", before.WaitingUntil, before.WaitingSince), (moved.Version, moved.WaitingNodeId, moved.WaitingUntil, moved.WaitingSince));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        Assert.Equal(["q: yes", "New"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task The_journal_says_who_moved_a_case_from_where_to_where_and_why()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("wait", "New").Json);

        await _house.MigrateAsync(FirstToSecond with { Steps = To("ask", "wait") });

        var details = await _house.DetailsAsync();
        var entry = details.Journal[^1];
        Assert.Equal("Migration", entry.Cause);
        var step = Assert.Single(entry.Steps);
        Assert.Equal(("wait", "Moved", "\"ask\"", "Moved from version 1 to version 2 by Anna: Shorter reminders."), (step.NodeId, step.What, step.Values["from"], step.Message));
        Assert.All(details.Bookmarks, bookmark => Assert.Equal("wait", bookmark.NodeId));
        Assert.Equal(2, details.Bookmarks.Count);
    }

    [Fact]
    public async Task A_case_that_would_keep_more_than_it_may_stays_as_it_is()
    {
        await using var house = new House(new EngineLimits { MaxStateBytes = 2048 });
        await house.PublishAsync(Asking("ask", "Old").Variable("Letter", "String", new string('x', 3000)).Json);
        var before = await house.StartAsync();
        await house.PublishAsync(Asking("ask", "New").Variable("Letter", "String", "short").Json);

        var done = await house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.StateTooLarge, "2 kB"), Assert.Single(done.Cases).Stays);
        var after = await house.DetailsAsync();
        Assert.Equal((1, before.Revision, 0), (after.Case.Version, after.Case.Revision, after.Incidents.Count));
    }

    [Fact]
    public async Task A_step_that_is_called_otherwise_now_is_answered_and_times_out_as_before()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.StartAsync("two");
        await _house.PublishAsync(Asking("wait", "New").Json);
        await _house.MigrateAsync(FirstToSecond with { Steps = To("ask", "wait") });

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        _house.Clock.Advance(TimeSpan.FromDays(30));
        await _house.Worker.DrainAsync();

        Assert.Equal(["q: yes", "New", "q: yes", "New"], _house.Log.Lines);

        await _house.StartAsync("three");
        await _house.PublishAsync(Asking("ask", "Third").Json);
        await _house.MigrateAsync(new MigrationOrder { DefinitionId = "dunning", From = 2, Steps = To("wait", "ask") });
        _house.Clock.Advance(TimeSpan.FromDays(7));
        await _house.Worker.DrainAsync();
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync("three")).SubStatus);
        Assert.Equal("late", _house.Log.Lines[^1]);
    }

    [Fact]
    public async Task The_preview_counts_who_would_move_and_who_would_stay_and_writes_nothing()
    {
        await _house.PublishAsync(TwoWaits("first", "second").Json);
        foreach (var key in new[] { "one", "two", "three" })
            await _house.StartAsync(key, $$"""{"q":"{{key}}"}""");
        await _house.RaiseAndDrainAsync(Ask.Answered("three", "yes"));
        await _house.PublishAsync(TwoWaits("first", "other").Json);

        var preview = await _house.PreviewAsync(FirstToSecond);

        Assert.Equal((1, 2, 2, 1, false), (preview.From, preview.To, preview.Moves, preview.Stays, preview.HasMore));
        Assert.Equal([("first", "first", 2, 2), ("second", null, 1, 0)], preview.Steps.Select(step => (step.StepId, step.Target, step.Cases, step.Moves)));
        Assert.Equal(new MigrationReason(new Hindrance(HindranceKind.StepIsGone, "second"), 1), Assert.Single(preview.Steps[1].Reasons));
        Assert.Equal(0, await _house.Store.DepthAsync());
        Assert.Equal((1, 1L), ((await _house.CaseAsync()).Version, (await _house.CaseAsync()).Revision));

        var each = await _house.InTenantAsync(services => services.GetRequiredService<MigrationDesk>().TryAsync(FirstToSecond, null, 50));
        Assert.Equal([("three", false), ("two", true), ("one", true)], each.Select(verdict => (verdict.Reference, verdict.Moves)).OrderBy(verdict => verdict.Item2).ThenByDescending(verdict => verdict.Reference));

        var done = await _house.MigrateAsync(FirstToSecond);
        Assert.Equal((3, 2, 1), (done.Total, done.Moved, done.Stayed));
        Assert.Equal(new MigrationCount(2, 1), await _house.InTenantAsync(async services => await services.GetRequiredService<MigrationDesk>().CountAsync(done.Id)));
        Assert.Equal(HindranceKind.StepIsGone, Assert.Single(done.Reasons).Why.Kind);
        Assert.Equal(1, (await _house.CaseAsync("three")).Version);
    }

    [Fact]
    public async Task Cases_at_a_step_that_the_order_leaves_stay_by_choice()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond with { Steps = To("ask", null) });

        Assert.Equal(new Hindrance(HindranceKind.LeftByChoice, "ask"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_case_whose_charge_is_under_way_moves_and_never_asks_twice()
    {
        await _house.PublishAsync(Charging("pay").Json);
        var before = await _house.StartAsync();
        await _house.PublishAsync(Charging("collect").Json);

        await _house.MigrateAsync(FirstToSecond with { Steps = To("pay", "collect") });
        await _house.RaiseAndDrainAsync(Charge.Answer($"{before.Id:N}-3"));

        Assert.Equal([$"asked {before.Id:N}-3", $"answered {before.Id:N}-3", "paid"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_step_that_may_wait_for_an_answer_stays_where_its_place_is_taken_by_another_kind()
    {
        await _house.PublishAsync(Charging("pay").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("pay", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.StepIsOfAnotherKind, "pay"), Assert.Single(done.Cases).Stays);
        Assert.Equal(1, (await _house.CaseAsync()).Version);
    }

    [Fact]
    public async Task Where_a_case_waits_for_time_alone_another_step_begins_in_its_place_and_the_wait_ends()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Step("end", "Test.Note").Connect("start>pause", "pause>end").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond with { Steps = To("pause", "ask") });

        Assert.Equal(1, done.Moved);
        var details = await _house.DetailsAsync();
        Assert.Equal(("ask", 2), (details.Case.WaitingNodeId, details.Bookmarks.Count));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        _house.Clock.Advance(TimeSpan.FromDays(30));
        await _house.Worker.DrainAsync();
        Assert.Equal(["q: yes", "New"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_wait_for_time_whose_place_another_kind_of_step_takes_under_the_same_name_ends_and_that_step_begins()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("ask", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Step("end", "Test.Note").Connect("start>ask", "ask>end").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(1, done.Moved);
        var details = await _house.DetailsAsync();
        Assert.Equal(("ask", 2), (details.Case.WaitingNodeId, details.Bookmarks.Count));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        _house.Clock.Advance(TimeSpan.FromDays(30));
        await _house.Worker.DrainAsync();
        Assert.Equal(["q: yes", "New"], _house.Log.Lines);
    }

    [Fact]
    public async Task The_work_of_each_case_names_the_order_and_does_not_repeat_it()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);

        var begun = await _house.MigrateAsync(FirstToSecond, drain: false);

        var work = Assert.Single(await _house.Store.ClaimAsync("test", 10, TimeSpan.FromMinutes(1)));
        Assert.Equal($"\"{begun.Id:D}\"", work.InputJson);
    }

    [Fact]
    public async Task A_step_that_ran_in_a_case_is_never_begun_again()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("charge", "Test.Note").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>charge", "charge>pause").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Step("charge", "Test.Note").Step("end", "Test.Note").Connect("start>charge", "charge>end").Json);

        var done = await _house.MigrateAsync(FirstToSecond with { Steps = To("pause", "charge") });

        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "charge"), Assert.Single(done.Cases).Stays);
        Assert.Equal(["charge"], _house.Log.Lines);
    }

    [Fact]
    public async Task What_ran_is_never_run_again_by_going_into_what_holds_it()
    {
        const string Inside = """{"id":"seq","type":"Elsa.Sequence","activities":[{"id":"charge","type":"Test.Note"}]}""";
        await _house.PublishAsync(Draw.Scenario("dunning").Raw(Inside).Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>seq", "seq>pause").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Raw(Inside).Step("end", "Test.Note").Connect("start>seq", "seq>end").Json);

        var done = await _house.MigrateAsync(FirstToSecond with { Steps = To("pause", "seq") });

        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "charge"), Assert.Single(done.Cases).Stays);
        Assert.Equal(["charge"], _house.Log.Lines);
    }

    [Fact]
    public async Task What_ran_is_never_run_again_under_another_identity_nor_two_versions_later()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("charge", "Test.Note").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>charge", "charge>pause").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Step("collect", "Test.Note").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>collect", "collect>pause").Json);

        var atOnce = await _house.MigrateAsync(FirstToSecond with { Steps = new Dictionary<string, string?> { ["charge"] = "collect", ["pause"] = "collect" } });
        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "collect"), Assert.Single(atOnce.Cases).Stays);

        Assert.Equal(1, (await _house.MigrateAsync(FirstToSecond with { Steps = To("charge", "collect") })).Moved);
        await _house.PublishAsync(Draw.Scenario("dunning").Step("collect", "Test.Note").Step("end", "Test.Note").Connect("start>collect", "collect>end").Json);
        var later = await _house.MigrateAsync(FirstToSecond with { From = 2, Steps = To("pause", "collect") });

        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "collect"), Assert.Single(later.Cases).Stays);
        Assert.Equal(["charge"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_stays_where_the_new_drawing_leads_again_to_what_it_did_and_moves_where_it_did_so_before()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("charge", "Test.Note").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>charge", "charge>pause").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Step("charge", "Test.Note").Connect("start>pause", "pause>charge").Json);
        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "charge"), Assert.Single((await _house.MigrateAsync(FirstToSecond)).Cases).Stays);

        await _house.PublishAsync(Around("first").Json);
        await _house.StartAsync("two");
        await _house.PublishAsync(Around("second").Json);
        Assert.Equal(1, (await _house.MigrateAsync(FirstToSecond with { From = 3 })).Moved);

        static Draw Around(string text) => Draw.Scenario("dunning").Step("charge", "Test.Note", ("text", "Literal", text)).Step("pause", "Elsa.Delay", ("timeSpan", "Literal", "P7D")).Connect("start>charge", "charge>pause", "pause>charge");
    }

    [Fact]
    public async Task What_begins_in_the_place_of_a_round_has_the_item_of_the_round()
    {
        static string Each(string body) => Draw.Scenario("dunning").Raw($$$"""{"id":"each","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{"type":"CEL","value":"['A', 'B']"}},"body":{{{body}}}}""").Connect("start>each").Json;
        await _house.PublishAsync(Each("""{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P7D"}}}"""));
        await _house.StartAsync();
        await _house.PublishAsync(Each("""{"id":"say","type":"Test.Note","text":{"typeName":"String","expression":{"type":"CEL","value":"'to ' + CurrentValue"}}}"""));

        Assert.Equal(1, (await _house.MigrateAsync(FirstToSecond with { Steps = To("wait", "say") })).Moved);

        Assert.Equal(["to A", "to B"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_failed_step_moves_with_its_incident_and_is_tried_again_in_the_new_version()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(Draw.Scenario("dunning").Variable("Count", "Int32").Step("fail", "Test.Failing").Connect("start>fail").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Variable("Count", "Int32").Step("fail", "Test.Failing").Step("end", "Test.Note").Connect("start>fail", "fail>end").Json);

        await _house.MigrateAsync(FirstToSecond);
        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        Assert.Equal(CaseSubStatus.Faulted, (await _house.CaseAsync()).SubStatus);
        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna"));

        Assert.Equal(["end"], _house.Log.Lines);
    }

    [Fact]
    public async Task An_incident_at_a_step_whose_kind_changes_keeps_the_case_where_it_is()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(Draw.Scenario("dunning").Step("fail", "Test.Failing").Connect("start>fail").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("fail", "New").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.IncidentIsOpen, "fail"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task Variables_are_kept_by_name_and_new_ones_begin_with_their_first_value()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Variable("Kept", "String", "unset").Variable("Never", "Int32", 3)
            .Step("set", "Elsa.SetVariable", ("variable", "Literal", "Kept"), ("value", "Literal", "42")).Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>set", "set>ask").Json.Replace("\"variable\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\"Kept\"}}", "\"variable\":\"Kept\"", StringComparison.Ordinal));
        await _house.StartAsync();
        var next = Draw.Scenario("dunning").Variable("Kept", "Int32").Variable("Never", "Int32", 7).Variable("New", "String", "fresh")
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("end", "Test.Note", ("text", "CEL", "string(Kept + 1) + ' ' + string(Never) + ' ' + New")).Connect("start>ask", "ask.Answered>end");
        await _house.PublishAsync(next.Json.Replace("id-", "other-", StringComparison.Ordinal));

        var done = await _house.MigrateAsync(FirstToSecond);
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(1, done.Moved);
        Assert.Equal("43 3 fresh", _house.Log.Lines[^1]);
    }

    [Theory]
    [InlineData("Elsa.ForEach", "items", "['a', 'b']")]
    [InlineData("Elsa.ParallelForEach", "items", "['a', 'b']")]
    [InlineData("Elsa.While", "condition", "true")]
    public async Task What_ran_in_a_round_before_its_wait_must_not_come_after_it_in_the_same_round(string loop, string input, string cel)
    {
        const string Wait = """{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P1D"}}}""";
        const string Charge = """{"id":"charge","type":"Test.Note"}""";
        string Drawn(string steps) => Draw.Scenario("dunning").Raw($$$"""{"id":"loop","type":"{{{loop}}}","{{{input}}}":{"typeName":"Object","expression":{"type":"CEL","value":"{{{cel}}}"}},"body":{"id":"body","type":"Elsa.Sequence","activities":[{{{steps}}}]}}""").Connect("start>loop").Json;
        await _house.PublishAsync(Drawn($"{Charge},{Wait}"));
        await _house.StartAsync();
        await _house.PublishAsync(Drawn($"{Wait},{Charge}"));

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "charge"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task What_ran_before_a_wait_on_a_way_that_leads_back_must_not_come_after_it_before_that_way()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("charge", "Test.Note").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Connect("start>charge", "charge>wait", "wait>charge").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Step("charge", "Test.Note").Connect("start>wait", "wait>charge", "charge>wait").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.StepRanAlready, "charge"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_loop_drawn_as_before_lets_its_cases_go_on_in_it()
    {
        var drawn = Draw.Scenario("dunning").Step("charge", "Test.Note").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Connect("start>charge", "charge>wait", "wait>charge");
        await _house.PublishAsync(drawn.Json);
        await _house.StartAsync();
        await _house.PublishAsync(drawn.Step("more", "Elsa.Log").Connect("charge>more").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(1, done.Moved);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public async Task Two_ways_that_met_before_a_step_that_acts_must_not_come_to_it_one_after_the_other(string mode)
    {
        await _house.PublishAsync(Forked().Step("join", "Elsa.FlowJoin", ("mode", "Literal", mode)).Connect("start>fork", "fork.A>first", "fork.B>second", "first>join", "second>join", "join>charge").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Forked().Connect("start>fork", "fork.A>first", "first>second", "second>charge").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.RunsTwice, "charge"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task Two_ways_that_each_came_to_a_step_before_may_do_so()
    {
        await _house.PublishAsync(Forked().Connect("start>fork", "fork.A>first", "fork.B>second", "first>charge", "second>charge").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Forked().Step("more", "Elsa.Log").Connect("start>fork", "fork.A>first", "fork.B>second", "first>charge", "second>more", "more>charge").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(1, done.Moved);
    }

    private static Draw Forked() => Draw.Scenario("dunning").Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]"""))
        .Step("first", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Step("second", "Elsa.Delay", ("timeSpan", "Literal", "P2D")).Step("charge", "Test.Note");

    [Fact]
    public async Task A_renamed_variable_keeps_its_value_and_one_that_takes_its_old_name_takes_it()
    {
        await _house.PublishAsync(Asking("ask", "Old").Variable("Rate", "Int32", 2).Variable("Days", "Int32", 5).Json);
        await _house.StartAsync();
        var next = Draw.Scenario("dunning").Variable("Percent", "Int32", 7).Variable("Days", "Int32", 9)
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("end", "Test.Note", ("text", "CEL", "string(Percent) + ' ' + string(Days)")).Connect("start>ask", "ask.Answered>end");
        await _house.PublishAsync(next.Json.Replace("id-Percent", "id-Rate", StringComparison.Ordinal));

        var done = await _house.MigrateAsync(FirstToSecond);
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(1, done.Moved);
        Assert.Equal("2 5", _house.Log.Lines[^1]);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_the_new_type_keeps_the_case_where_it_is()
    {
        await _house.PublishAsync(Asking("ask", "Old").Variable("Rate", "String", "high").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Variable("Rate", "Decimal", 1.5m).Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.VariableDoesNotFit, "Rate"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_result_that_only_the_new_version_reads_keeps_a_case_that_ran_its_step_where_it_is()
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("end", "Test.Note").Connect("start>note", "note>ask", "ask.Answered>end").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("end", "Test.Note", ("text", "Handlebars", "{{steps.note.result}}")).Connect("start>note", "note>ask", "ask.Answered>end").Json);

        var done = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(new Hindrance(HindranceKind.ResultWasNotKept, "note"), Assert.Single(done.Cases).Stays);
    }

    [Fact]
    public async Task A_case_that_ended_before_its_turn_is_told_as_ended_and_a_second_order_finds_nothing()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);
        var begun = await _house.MigrateAsync(FirstToSecond, drain: false);
        Assert.Equal((1, 0, 0, null), (begun.Total, begun.Moved, begun.Stayed, begun.EndedAt));

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        var done = await _house.ProgressAsync(begun.Id);
        Assert.Equal(HindranceKind.HasEnded, Assert.Single(done.Cases).Stays!.Kind);
        Assert.Equal(["q: yes", "Old"], _house.Log.Lines);
        Assert.Equal(0, (await _house.MigrateAsync(FirstToSecond)).Total);
    }

    [Fact]
    public async Task Two_orders_at_once_move_a_case_once()
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.StartAsync();
        await _house.PublishAsync(Asking("ask", "New").Json);

        var first = await _house.MigrateAsync(FirstToSecond, drain: false);
        var second = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal(1, (await _house.ProgressAsync(first.Id)).Moved);
        Assert.Equal(HindranceKind.RunsOnAnotherVersion, Assert.Single(second.Cases).Stays!.Kind);
    }

    [Fact]
    public async Task A_migration_takes_no_more_cases_than_its_limit_and_says_so()
    {
        await using var house = new House(new EngineLimits { MaxMigratedCases = 2 });
        await house.PublishAsync(Asking("ask", "Old").Json);
        foreach (var key in new[] { "one", "two", "three" })
            await house.StartAsync(key);
        await house.PublishAsync(Asking("ask", "New").Json);

        Assert.True((await house.PreviewAsync(FirstToSecond)).HasMore);
        Assert.Equal(2, (await house.MigrateAsync(FirstToSecond)).Moved);
        Assert.Equal(1, (await house.MigrateAsync(FirstToSecond)).Moved);
    }

    [Theory]
    [InlineData("nowhere", "ask", MigrationOrderProblem.UnknownStep)]
    [InlineData("ask", "nowhere", MigrationOrderProblem.UnknownStep)]
    public async Task An_order_that_names_a_step_that_is_not_there_is_refused(string old, string next, MigrationOrderProblem problem)
    {
        await _house.PublishAsync(Asking("ask", "Old").Json);
        await _house.PublishAsync(Asking("ask", "New").Json);

        var refused = await Assert.ThrowsAsync<MigrationOrderException>(() => _house.PreviewAsync(FirstToSecond with { Steps = To(old, next) }));

        Assert.Equal((problem, $"steps.{old}"), (refused.Problem, refused.About));
        Assert.Equal(MigrationOrderProblem.SameVersion, (await Assert.ThrowsAsync<MigrationOrderException>(() => _house.PreviewAsync(FirstToSecond with { From = 2 }))).Problem);
    }

    [Fact]
    public async Task A_token_before_a_join_does_not_lead_to_a_money_step_that_ran()
    {
        static Draw Drawn(params string[] connections) => Draw.Scenario("dunning").Step("charge", "Test.Charge")
            .Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]"""))
            .Step("a", "Test.Note").Step("b", "Test.Ask", ("question", "Literal", "b"), ("timeLimit", "Literal", "P30D"))
            .Step("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAll")).Step("end", "Test.Note").Connect(connections);
        await _house.PublishAsync(Drawn("start>charge", "charge>fork", "fork.A>a", "fork.B>b", "a>join", "b.Answered>join", "join>end").Json);
        await _house.StartAsync();
        await _house.RaiseAndDrainAsync(Charge.Answer(_house.Log.Lines[0].Split(' ')[1]));
        await _house.PublishAsync(Drawn("start>fork", "fork.A>a", "fork.B>b", "a>join", "b.Answered>end", "join>charge").Json);

        var preview = await _house.PreviewAsync(FirstToSecond);
        var moved = await _house.MigrateAsync(FirstToSecond);

        Assert.Equal((0, 0), (preview.Moves, moved.Moved));
        Assert.Equal(HindranceKind.StepRanAlready, Assert.Single(moved.Reasons).Why.Kind);
        Assert.Single(_house.Log.Lines, line => line.StartsWith("asked", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static Dictionary<string, string?> To(string old, string? next) => new() { [old] = next };

    private static Draw Asking(string ask, string note) => Draw.Scenario("dunning")
        .Step(ask, "Test.Ask", ("question", "Literal", "q"), ("timeLimit", "Literal", "P7D")).Step("note", "Test.Note", ("text", "Literal", note)).Step("late", "Test.Note")
        .Connect($"start>{ask}", $"{ask}.Answered>note", $"{ask}.Time limit>late");

    private static Draw TwoWaits(string first, string second) => Draw.Scenario("dunning")
        .Step(first, "Test.Ask", ("question", "CEL", "input.q")).Step(second, "Test.Ask", ("question", "CEL", "input.q + ' again'"))
        .Connect($"start>{first}", $"{first}.Answered>{second}");

    private static Draw Charging(string charge) => Draw.Scenario("dunning")
        .Step(charge, "Test.Charge").Step("end", "Test.Note", ("text", "Literal", "paid")).Connect($"start>{charge}", $"{charge}>end");
}
