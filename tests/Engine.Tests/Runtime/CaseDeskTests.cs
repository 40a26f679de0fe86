using System.Text.Json;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Runtime;

/// <summary>What people do to cases: start, pause, let go on, correct a value.</summary>
public sealed class CaseDeskTests : IAsyncDisposable
{
    private readonly House _house = new(new EngineLimits { MaxAttempts = 2 });

    [Fact]
    public async Task What_comes_while_a_case_is_paused_is_kept_and_done_when_it_goes_on()
    {
        await _house.PublishAsync(Asking);
        var begun = await _house.StartAsync();

        Assert.True(await PauseAsync(begun.Id));
        Assert.False(await PauseAsync(begun.Id));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal((CaseStatus.Running, CaseSubStatus.Paused, "ask"), ((await _house.CaseAsync()).Status, (await _house.CaseAsync()).SubStatus, (await _house.CaseAsync()).WaitingNodeId));
        Assert.Empty(_house.Log.Lines);
        Assert.True(await ContinueAsync(begun.Id));
        Assert.Equal(["q: yes"], _house.Log.Lines);
        Assert.Equal("again", (await _house.CaseAsync()).WaitingNodeId);
        Assert.Equal(CaseSubStatus.Suspended, (await _house.CaseAsync()).SubStatus);
        Assert.False(await ContinueAsync(begun.Id));
        Assert.Contains("Paused by anna.", (await _house.DetailsAsync()).Journal.SelectMany(entry => entry.Steps).Select(step => step.Message));
    }

    [Fact]
    public async Task A_second_stimulus_while_paused_waits_for_the_next_question_as_if_the_case_had_gone_on()
    {
        await _house.PublishAsync(Asking);
        var begun = await _house.StartAsync();
        await PauseAsync(begun.Id);

        await _house.RaiseAndDrainAsync(Ask.Answered("q", "first"));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "second"));
        await ContinueAsync(begun.Id);

        Assert.Equal(["q: first", "q: second"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_time_limit_that_passed_while_paused_fires_once_when_the_case_goes_on()
    {
        await _house.PublishAsync(Asking);
        var begun = await _house.StartAsync();
        await PauseAsync(begun.Id);
        for (var day = 0; day < 30; day++)
        {
            _house.Clock.Advance(TimeSpan.FromDays(1));
            await _house.Worker.DrainAsync();
        }

        Assert.Empty(_house.Log.Lines);
        await ContinueAsync(begun.Id);

        Assert.Equal(["late"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_decision_taken_while_paused_is_carried_out_when_the_case_goes_on()
    {
        _house.Log.FailuresLeft = 1;
        await _house.PublishAsync(Draw.Scenario("failing").Variable("Count", "Int32").Step("fail", "Test.Failing").Step("end", "Test.Note").Connect("start>fail", "fail>end").Json);
        var begun = await _house.StartAsync();
        var incident = Assert.Single((await _house.DetailsAsync()).Incidents);
        await PauseAsync(begun.Id);

        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna"));
        Assert.Empty(_house.Log.Lines);
        await ContinueAsync(begun.Id);

        Assert.Equal(["end"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_that_could_not_go_on_does_when_its_incident_is_retried()
    {
        var incident = await CannotGoOnAsync();

        Assert.True(await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna")));

        Assert.Equal(["q: yes", "q: yes", "q: yes", "end"], _house.Log.Lines);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task A_case_that_could_not_go_on_stays_paused_when_its_incident_is_skipped_and_loses_nothing()
    {
        var incident = await CannotGoOnAsync();

        Assert.True(await _house.DecideAsync(desk => desk.SkipAsync(incident.Id, null, "anna")));
        Assert.Equal((CaseSubStatus.Paused, 2), ((await _house.CaseAsync()).SubStatus, _house.Log.Lines.Count));
        await ContinueAsync((await _house.CaseAsync()).Id);

        Assert.Equal("end", _house.Log.Lines[^1]);
    }

    [Fact]
    public async Task A_case_that_goes_on_at_a_second_asking_leaves_no_incident_of_the_first()
    {
        await CannotGoOnAsync();

        await ContinueAsync((await _house.CaseAsync()).Id);

        Assert.Equal("end", _house.Log.Lines[^1]);
        Assert.Empty((await _house.DetailsAsync()).Incidents);
    }

    [Fact]
    public async Task A_pile_of_what_came_is_done_in_portions_each_piece_with_a_burst_s_budget_and_in_its_order()
    {
        const int Rounds = 30;
        await using var house = new House(new EngineLimits { MaxStepsPerBurst = 100 });
        var questions = Enumerable.Range(0, Rounds).Select(round => $"q{round}").ToArray();
        var notes = string.Join(", ", Enumerable.Range(0, 4).Select(note => $$"""{ "id": "note{{note}}", "type": "Test.Note", "text": {{Cel("CurrentValue")}} }"""));
        await house.PublishAsync(Draw.Scenario("pile").Raw($$"""
            { "id": "loop", "type": "Elsa.ParallelForEach", "items": {{Cel($"[{string.Join(", ", questions.Select(question => $"'{question}'"))}]")}}, "body": { "id": "round", "type": "Elsa.Sequence", "activities": [
              { "id": "ask", "type": "Test.Ask", "question": {{Cel("CurrentValue")}} }, {{notes}} ] } }
            """).Connect("start>loop").Json);
        var begun = await house.StartAsync();
        await house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().PauseAsync(begun.Id, "anna"));
        foreach (var question in questions)
            await house.RaiseAndDrainAsync(Ask.Answered(question, "yes"));

        await house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().ContinueAsync(begun.Id));
        await house.Worker.DrainAsync();

        Assert.Equal(questions.Select(question => $"{question}: yes"), house.Log.Lines.Where(line => line.EndsWith("yes", StringComparison.Ordinal)));
        var details = await house.DetailsAsync();
        Assert.Equal((CaseSubStatus.Finished, 0, 3), (details.Case.SubStatus, details.Incidents.Count, details.Journal.Count(entry => entry.Cause == "Continue")));
    }

    [Fact]
    public async Task A_paused_case_can_be_cancelled_and_is_not_migrated()
    {
        await _house.PublishAsync(Asking);
        var begun = await _house.StartAsync();
        await _house.PublishAsync(Asking);
        await PauseAsync(begun.Id);
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));

        Assert.Equal(HindranceKind.IsPaused, Assert.Single((await _house.MigrateAsync(new MigrationOrder { DefinitionId = "asking", From = 1 })).Cases).Stays!.Kind);
        await DeskAsync(desk => desk.CancelAsync(begun.Id, "anna"));

        Assert.Equal(CaseSubStatus.Cancelled, (await _house.CaseAsync()).SubStatus);
        Assert.Empty(_house.Log.Lines);
        Assert.Empty((await _house.DetailsAsync()).Bookmarks);
    }

    [Fact]
    public async Task A_case_whose_state_cannot_be_read_any_more_cannot_be_cancelled_but_terminated()
    {
        await _house.PublishAsync(Asking);
        var begun = await _house.StartAsync();
        await _house.InTenantAsync(async services =>
        {
            var work = services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new CaseChanged(begun with { State = "what no build can read"u8.ToArray(), Revision = begun.Revision + 1 }, begun.Revision));
            await work.CommitAsync();
            return true;
        });
        await DeskAsync(desk => desk.CancelAsync(begun.Id, "anna"));
        Assert.Equal(CaseSubStatus.Faulted, (await _house.CaseAsync()).SubStatus);
        Assert.Equal(FaultCauses.StateUnreadable, Assert.Single((await _house.DetailsAsync()).Incidents).Cause);
        Assert.Empty(await _house.InTenantAsync(services => services.GetRequiredService<VariableDesk>().ListAsync(begun.Id)));

        Assert.True(await DeskAsync(desk => desk.TerminateAsync(begun.Id, "anna")));
        Assert.False(await DeskAsync(desk => desk.TerminateAsync(begun.Id, "anna")));

        var details = await _house.DetailsAsync();
        Assert.Equal((CaseStatus.Finished, CaseSubStatus.Terminated, 0), (details.Case.Status, details.Case.SubStatus, details.Case.State.Length));
        Assert.Empty(details.Bookmarks);
        Assert.Empty(details.Incidents);
        Assert.Equal(("Terminated", "Terminated by anna."), (details.Journal[^1].Cause, details.Journal[^1].Steps.Single().Message));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        Assert.Empty(_house.Log.Lines);
        Assert.Equal(0, await _house.Store.DepthAsync());
    }

    [Fact]
    public async Task A_case_goes_on_when_the_one_it_waits_for_is_terminated()
    {
        await _house.PublishAsync(new Draw("child").Step("ask", "Test.Ask", ("question", "Literal", "q")).Json);
        await _house.PublishAsync(Draw.Scenario("parent")
            .Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child"))
            .Step("note", "Test.Note", ("text", "CEL", "steps.run.result.status")).Connect("start>run", "run>note").Json);
        await _house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });
        var child = (await _house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { DefinitionId = "child" }))).Single();

        await DeskAsync(desk => desk.TerminateAsync(child.Id, "anna"));

        Assert.Equal(["Terminated"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_is_started_once_for_a_key_and_anew_without_one()
    {
        await _house.PublishAsync(Asking);
        var subject = new CaseSubject("invoice:asked", "F-7", "customer:1");

        var first = await StartAsync("order-1", subject);
        var second = await StartAsync("order-1", subject);
        var other = await StartAsync(null, subject);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        var started = await _house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { References = ["F-7"] }));
        Assert.Equal(2, started.Count);
        Assert.All(started, one => Assert.Equal(("invoice:asked", "customer:1", "ask"), (one.CorrelationId, one.CustomerKey, one.WaitingNodeId)));
        Assert.Null(await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().StartAsync("nowhere", null, subject, null)));
    }

    [Fact]
    public async Task A_variable_is_seen_and_corrected_and_the_journal_says_who_and_why()
    {
        await _house.PublishAsync(Draw.Scenario("counting").Variable("Count", "Int32", 3).Variable("Name", "String").Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("end", "Test.Note", ("text", "CEL", "string(Count)")).Connect("start>ask", "ask.Answered>end").Json);
        var begun = await _house.StartAsync();

        Assert.Equal([new CaseVariable("Count", "Int32", "3"), new CaseVariable("Name", "String", null)], await _house.InTenantAsync(services => services.GetRequiredService<VariableDesk>().ListAsync(begun.Id)));
        Assert.True(await ChangeAsync(begun.Id, "Count", "7"));

        var details = await _house.DetailsAsync();
        Assert.Equal(2, details.Bookmarks.Count);
        var step = details.Journal[^1].Steps.Single();
        Assert.Equal(("VariableChanged", "Count changed by Anna: Miscounted.", "\"Count\"", "3", "7"), (step.What, step.Message, step.Values["variable"], step.Values["before"], step.Values["after"]));
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        Assert.Equal("7", _house.Log.Lines[^1]);
        Assert.False(await ChangeAsync(begun.Id, "Count", "8"));
    }

    [Theory]
    [InlineData("Count", "\"many\"", VariableRefusal.WrongType, "Int32")]
    [InlineData("Counts", "7", VariableRefusal.Unknown, "")]
    public async Task A_value_that_the_variable_cannot_hold_is_refused_and_nothing_changes(string name, string json, VariableRefusal refusal, string bound)
    {
        await _house.PublishAsync(Draw.Scenario("counting").Variable("Count", "Int32", 3).Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>ask").Json);
        var begun = await _house.StartAsync();

        var refused = await Assert.ThrowsAsync<VariableRefusedException>(() => ChangeAsync(begun.Id, name, json));

        Assert.Equal((refusal, name, bound), (refused.Refusal, refused.Name, refused.Bound));
        Assert.Equal(begun.Revision, (await _house.CaseAsync()).Revision);
    }

    [Fact]
    public async Task A_value_with_which_the_case_would_keep_too_much_is_refused_and_nothing_changes()
    {
        await using var house = new House(new EngineLimits { MaxStateBytes = 2048 });
        await house.PublishAsync(Draw.Scenario("naming").Variable("before", "String", "short").Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>ask").Json);
        var begun = await house.StartAsync();

        var refused = await Assert.ThrowsAsync<VariableRefusedException>(() => NameAsync(3000));
        Assert.True(await NameAsync(20));

        Assert.Equal((VariableRefusal.TooLarge, "before", "2"), (refused.Refusal, refused.Name, refused.Bound));
        var details = await house.DetailsAsync();
        var values = details.Journal[^1].Steps.Single().Values;
        Assert.Equal((begun.Revision + 1, "\"short\"", $"\"{new string('x', 20)}\""), (details.Case.Revision, values["before"], values["after"]));

        Task<bool> NameAsync(int length) => house.InTenantAsync(services =>
            services.GetRequiredService<VariableDesk>().ChangeAsync(begun.Id, "before", JsonSerializer.SerializeToElement(new string('x', length)), "Anna", "Misnamed."));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string Asking => Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("again", "Test.Ask", ("question", "Literal", "q")).Step("late", "Test.Note")
        .Connect("start>ask", "ask.Answered>again", "ask.Time limit>late").Json;

    private static string Cel(string expression) => $$"""{ "typeName": "Object", "expression": { "type": "CEL", "value": "{{expression}}" } }""";

    /// <summary>A paused case whose going on was given up after two tries.</summary>
    private async Task<Incident> CannotGoOnAsync()
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("read", "Test.Reading").Step("end", "Test.Note").Connect("start>ask", "ask.Answered>read", "read>end").Json);
        var begun = await _house.StartAsync();
        await PauseAsync(begun.Id);
        await _house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        _house.Log.FailuresLeft = 2;
        await ContinueAsync(begun.Id);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        await _house.Worker.DrainAsync();
        Assert.Equal(CaseSubStatus.Paused, (await _house.CaseAsync()).SubStatus);
        return Assert.Single((await _house.DetailsAsync()).Incidents);
    }

    private Task<bool> PauseAsync(Guid caseId) => DeskAsync(desk => desk.PauseAsync(caseId, "anna"));

    private Task<bool> ContinueAsync(Guid caseId) => DeskAsync(desk => desk.ContinueAsync(caseId));

    private Task<bool> ChangeAsync(Guid caseId, string name, string json) => _house.InTenantAsync(services =>
        services.GetRequiredService<VariableDesk>().ChangeAsync(caseId, name, JsonSerializer.Deserialize<JsonElement>(json), "Anna", "Miscounted."));

    private async Task<bool> DeskAsync(Func<CaseDesk, Task<bool>> act)
    {
        var done = await _house.InTenantAsync(services => act(services.GetRequiredService<CaseDesk>()));
        await _house.Worker.DrainAsync();
        return done;
    }

    private async Task<Guid?> StartAsync(string? key, CaseSubject subject)
    {
        var started = await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().StartAsync("asking", key, subject, null));
        await _house.Worker.DrainAsync();
        return started;
    }
}
