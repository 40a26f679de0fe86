using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>Cases that start others, tell others, and wait until a day.</summary>
public sealed class CompositionTests : IAsyncDisposable
{
    private readonly House _house = new();

    [Fact]
    public async Task A_case_runs_another_and_goes_on_with_what_it_left_behind()
    {
        await _house.PublishAsync(new Draw("child").Variable("Sum", "Int32")
            .Step("ask", "Test.Ask", ("question", "CEL", "input.question"))
            .Step("add", "Elsa.SetVariable", ("value", "CEL", "40 + 2")).Connect("ask.Answered>add").Json.Replace("\"id\":\"add\"", "\"id\":\"add\",\"variable\":\"Sum\"", StringComparison.Ordinal));
        await _house.PublishAsync(Draw.Scenario("parent")
            .Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child"), ("input", "CEL", "{'question': 'how much'}"))
            .Step("note", "Test.Note", ("text", "CEL", "steps.run.result.status + ' ' + string(steps.run.result.output.Sum)")).Connect("start>run", "run>note").Json);
        await _house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });
        Assert.Empty(_house.Log.Lines);

        await _house.RaiseAndDrainAsync(Ask.Answered("how much", "that much"));

        Assert.Equal(["how much: that much", "Finished 42"], _house.Log.Lines);
        Assert.All(await CasesAsync(), each => Assert.Equal(CaseSubStatus.Finished, each.SubStatus));
    }

    [Fact]
    public async Task What_another_case_left_behind_arrives_as_it_was_lists_and_maps_too()
    {
        await _house.PublishAsync(new Draw("child").Variable("List", "Object").Variable("Map", "Object").Variable("Names", "String[]")
            .Step("ask", "Test.Ask", ("question", "Literal", "how much"))
            .Step("list", "Elsa.SetVariable", ("value", "CEL", "[1, 2]")).Step("map", "Elsa.SetVariable", ("value", "CEL", "{'a': 5}")).Step("names", "Elsa.SetVariable", ("value", "CEL", "['Anna']"))
            .Connect("ask.Answered>list", "list>map", "map>names").Json
            .Replace("\"id\":\"list\"", "\"id\":\"list\",\"variable\":\"List\"", StringComparison.Ordinal)
            .Replace("\"id\":\"map\"", "\"id\":\"map\",\"variable\":\"Map\"", StringComparison.Ordinal)
            .Replace("\"id\":\"names\"", "\"id\":\"names\",\"variable\":\"Names\"", StringComparison.Ordinal));
        await _house.PublishAsync(Draw.Scenario("parent")
            .Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child"))
            .Step("note", "Test.Note", ("text", "CEL", "string(steps.run.result.output.List[1] + steps.run.result.output.Map.a) + steps.run.result.output.Names[0]")).Connect("start>run", "run>note").Json);
        await _house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });

        await _house.RaiseAndDrainAsync(Ask.Answered("how much", "that much"));

        Assert.Equal(["how much: that much", "7Anna"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_scenario_that_another_case_runs_begins_at_its_trigger_and_does_not_wait_for_it()
    {
        await _house.PublishAsync(Draw.Scenario("child").Step("note", "Test.Note", ("text", "Literal", "child")).Connect("start>note").Json.Replace("\"Start\"", "\"Other\"", StringComparison.Ordinal));
        await _house.PublishAsync(Draw.Scenario("parent").Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child")).Step("note", "Test.Note", ("text", "Literal", "parent")).Connect("start>run", "run>note").Json);

        await _house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });

        Assert.Equal(["child", "parent"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_that_does_not_wait_goes_on_at_once_and_the_other_runs_all_the_same()
    {
        await _house.PublishAsync(new Draw("child").Step("note", "Test.Note", ("text", "Literal", "child")).Json);
        await _house.PublishAsync(Draw.Scenario("parent")
            .Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child"), ("waitForCompletion", "Literal", false))
            .Step("note", "Test.Note", ("text", "Literal", "parent")).Connect("start>run", "run>note").Json);

        await _house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });

        Assert.Equal(["parent", "child"], _house.Log.Lines);
    }

    [Fact]
    public async Task Scenarios_that_start_each_other_in_a_circle_stop_with_an_incident()
    {
        await using var house = new House(new EngineLimits { MaxCaseDepth = 3 });
        await house.PublishAsync(new Draw("circle").Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "circle")).Json);
        await house.PublishAsync(Draw.Scenario("first").Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "circle")).Connect("start>run").Json);

        await house.RaiseAndDrainAsync(Event.Published("Start") with { StartKey = "one" });

        var cases = await house.InTenantAsync(async services => await ((ICaseStore)services.GetService(typeof(ICaseStore))!).QueryAsync(new CaseQuery()));
        Assert.Equal(4, cases.Count);
        Assert.Single(cases, each => each.SubStatus == CaseSubStatus.Faulted);
    }

    [Fact]
    public async Task An_event_about_a_subject_is_heard_by_its_case_alone_and_one_about_none_by_who_asked_for_any()
    {
        await _house.PublishAsync(Draw.Scenario("listening")
            .Step("own", "Elsa.Event", ("eventName", "Literal", "Delivered"), ("correlated", "Literal", true))
            .Step("note", "Test.Note", ("text", "CEL", "'delivered by ' + steps.own.result.carrier")).Connect("start>own", "own>note").Json);
        await _house.StartAsync("one");
        await _house.StartAsync("two");

        await _house.RaiseAndDrainAsync(Event.Published("Delivered", """{"carrier":"nobody"}"""));
        await _house.RaiseAndDrainAsync(Event.Published("Delivered", """{"carrier":"Colissimo"}""", "invoice:two"));

        Assert.Equal(["delivered by Colissimo"], _house.Log.Lines);
        Assert.Equal((CaseStatus.Running, CaseStatus.Finished), ((await _house.CaseAsync("one")).Status, (await _house.CaseAsync("two")).Status));
    }

    [Fact]
    public async Task An_event_is_published_with_the_commit_of_its_step()
    {
        await _house.PublishAsync(Draw.Scenario("listening").Step("wait", "Elsa.Event", ("eventName", "Literal", "Told")).Step("note", "Test.Note", ("text", "CEL", "steps.wait.result.what")).Connect("start>wait", "wait>note").Json);
        await _house.StartAsync();
        await _house.PublishAsync(new Draw("telling").Step("start", "Elsa.Event", ("eventName", "Literal", "Go"))
            .Step("tell", "Elsa.PublishEvent", ("eventName", "Literal", "Told"), ("payload", "CEL", "{'what': 'news'}")).Connect("start>tell").Json);

        await _house.RaiseAndDrainAsync(Event.Published("Go"));

        Assert.Equal(["news"], _house.Log.Lines);
    }

    [Fact]
    public async Task A_case_waits_until_an_instant_and_not_for_one_that_has_passed()
    {
        await _house.PublishAsync(Draw.Scenario("until")
            .Step("past", "Elsa.StartAt", ("dateTime", "Literal", House.Start.AddDays(-1)))
            .Step("until", "Elsa.StartAt", ("dateTime", "Literal", House.Start.AddDays(3)))
            .Step("note", "Test.Note", ("text", "Literal", "now")).Connect("start>past", "past>until", "until>note").Json);
        await _house.StartAsync();
        _house.Clock.Advance(TimeSpan.FromDays(2.9));
        await _house.Worker.DrainAsync();
        Assert.Empty(_house.Log.Lines);

        _house.Clock.Advance(TimeSpan.FromDays(0.2));
        await _house.Worker.DrainAsync();

        Assert.Equal(["now"], _house.Log.Lines);
    }

    [Fact]
    public async Task Another_program_is_asked_once_and_what_it_tells_is_the_result()
    {
        var asked = new Asked();
        await using var house = new House(more: services => services.AddScoped<ITaskDispatcher>(_ => asked));
        await house.PublishAsync(Draw.Scenario("asking")
            .Step("check", "Elsa.RunTask", ("taskName", "Literal", "credit.check"), ("payload", "CEL", "{'limit': 500}"))
            .Step("note", "Test.Note", ("text", "CEL", "'score ' + string(steps.check.result.score)")).Connect("start>check", "check>note").Json);
        await house.StartAsync();
        var task = Assert.Single(asked.Tasks);
        Assert.Equal(("credit.check", """{"limit":500}"""), (task.Name, task.PayloadJson));

        Task<bool> DoneAsync(string id) => house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().CompleteTaskAsync(id, """{"score":7}"""));
        Assert.False(await DoneAsync("nothing"));
        Assert.True(await DoneAsync(task.TaskId));
        await house.Worker.DrainAsync();

        Assert.Equal(["score 7"], house.Log.Lines);
        Assert.False(await DoneAsync(task.TaskId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task A_task_that_is_done_without_a_word_has_no_result_and_not_what_the_case_began_with(string? told)
    {
        var asked = new Asked();
        await using var house = new House(more: services => services.AddScoped<ITaskDispatcher>(_ => asked));
        await house.PublishAsync(Draw.Scenario("asking").Step("check", "Elsa.RunTask", ("taskName", "Literal", "credit.check"))
            .Step("note", "Test.Note", ("text", "CEL", "has(steps.check.result.approved) ? 'approved' : 'not said'")).Connect("start>check", "check>note").Json);
        await house.StartAsync(inputJson: """{"approved":true}""");

        await house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().CompleteTaskAsync(Assert.Single(asked.Tasks).TaskId, told));
        await house.Worker.DrainAsync();

        Assert.Equal(["not said"], house.Log.Lines);
    }

    [Fact]
    public async Task Where_nobody_takes_tasks_asking_is_an_incident()
    {
        await _house.PublishAsync(Draw.Scenario("asking").Step("check", "Elsa.RunTask", ("taskName", "Literal", "credit.check")).Connect("start>check").Json);

        await _house.StartAsync();

        Assert.Equal("NobodyTakesTasks", Assert.Single((await _house.DetailsAsync()).Incidents).Cause);
    }

    [Fact]
    public async Task An_event_that_more_cases_wait_for_than_a_commit_may_bring_reaches_every_one_of_them_once()
    {
        const int Cases = 23;
        await using var house = new House(new EngineLimits { MaxCasesPerStimulus = 5 });
        await house.PublishAsync(Draw.Scenario("waiting").Step("close", "Elsa.Event", ("eventName", "Literal", "MonthClosed")).Step("end", "Test.Note", ("text", "CEL", "input.month")).Connect("start>close", "close>end").Json);
        for (var number = 0; number < Cases; number++)
            await house.StartAsync($"case-{number}");

        await house.RaiseAndDrainAsync(Event.Published("MonthClosed", """{"month":"March"}"""));

        Assert.Equal(Enumerable.Repeat("March", Cases), house.Log.Lines);
        var cases = await house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { Status = CaseStatus.Running }));
        Assert.Empty(cases);
    }

    [Fact]
    public async Task A_case_that_is_to_end_before_it_has_begun_ends_once_it_has()
    {
        await _house.PublishAsync(Draw.Scenario("slow").Step("ask", "Test.Ask", ("question", "Literal", "q")).Connect("start>ask").Json);
        await _house.InTenantAsync(async services =>
        {
            var work = services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new WorkEnqueued(WorkItem.ToCancel(_house.Tenant, StimulusRouting.CaseId(_house.Tenant, StimulusRouting.StartKey("slow", "one")), House.Start)));
            await work.CommitAsync();
            return true;
        });
        await _house.Worker.DrainAsync();
        await _house.StartAsync();

        _house.Clock.Advance(TimeSpan.FromSeconds(2));
        await _house.Worker.DrainAsync();

        Assert.Equal(CaseSubStatus.Cancelled, (await _house.CaseAsync()).SubStatus);
    }

    [Fact]
    public async Task An_amount_that_another_case_leaves_behind_stays_one()
    {
        await _house.PublishAsync(Draw.Scenario("child").Variable("Fee", "Decimal", 100).Step("note", "Test.Note").Connect("start>note").Json.Replace("\"Start\"", "\"Never\"", StringComparison.Ordinal));
        await _house.PublishAsync(Draw.Scenario("parent").Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child")).Step("after", "Test.Note", ("text", "CEL", "string(steps.run.result.output.Fee / 8)")).Connect("start>run", "run>after").Json);

        await _house.RaiseAndDrainAsync(Event.Published("Start"));

        Assert.Equal("12.5", _house.Log.Lines[^1]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_case_that_ends_takes_those_with_it_that_it_waits_for(bool terminated, bool writtenByAnOlderBuild)
    {
        await _house.PublishAsync(Draw.Scenario("child").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "P1D")).Step("note", "Test.Note").Connect("start>wait", "wait>note").Json.Replace("\"Start\"", "\"Never\"", StringComparison.Ordinal));
        await _house.PublishAsync(Draw.Scenario("parent").Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child")).Connect("start>run").Json);
        await _house.RaiseAndDrainAsync(Event.Published("Start"));
        var parent = (await CasesAsync()).Single(each => each.DefinitionId == "parent");
        if (writtenByAnOlderBuild)
            parent = await ForgetChildAsync(parent);

        await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>() is var desk && terminated ? desk.TerminateAsync(parent.Id, "anna") : desk.CancelAsync(parent.Id, "anna"));
        await _house.Worker.DrainAsync();
        _house.Clock.Advance(TimeSpan.FromDays(2));
        await _house.Worker.DrainAsync();

        Assert.All(await CasesAsync(), each => Assert.Equal(CaseStatus.Finished, each.Status));
        Assert.Equal(CaseSubStatus.Cancelled, (await CasesAsync()).Single(each => each.DefinitionId == "child").SubStatus);
        Assert.Empty(_house.Log.Lines);
    }

    [Theory]
    [InlineData("shop:clock:17")]
    [InlineData("shop:child-7:x")]
    public async Task A_key_of_a_program_makes_no_case_a_clock_or_the_child_of_another(string key)
    {
        await _house.PublishAsync(Draw.Scenario("timed").Step("wait", "Elsa.Timer", ("interval", "Literal", "PT1H")).Step("note", "Test.Note").Connect("start>wait", "wait>note").Json);
        await _house.InTenantAsync(services => services.GetRequiredService<CaseDesk>().StartAsync("timed", key, new CaseSubject(null, null, null), null));
        await _house.Worker.DrainAsync();

        for (var hour = 0; hour < 3; hour++)
        {
            _house.Clock.Advance(TimeSpan.FromHours(1));
            await _house.Worker.DrainAsync();
        }

        var only = Assert.Single(await CasesAsync());
        Assert.Equal((CaseStatus.Finished, false), (only.Status, only.KeepsClock));
        Assert.Single(_house.Log.Lines);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    // Before, a step did not keep which case it waited for.
    private async Task<CaseRecord> ForgetChildAsync(CaseRecord parent)
    {
        var state = Regex.Replace(Encoding.UTF8.GetString(parent.State.Span), """,?"p":\{"case":"[^"]+"\}""", "");
        Assert.NotEqual(state.Length, parent.State.Length);
        var older = parent with { State = Encoding.UTF8.GetBytes(state), Revision = parent.Revision + 1 };
        await _house.InTenantAsync(async services =>
        {
            var work = services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new CaseChanged(older, parent.Revision));
            await work.CommitAsync();
            return true;
        });
        return older;
    }

    private async Task<IReadOnlyList<CaseRecord>> CasesAsync() =>
        await _house.InTenantAsync(async services => await ((ICaseStore)services.GetService(typeof(ICaseStore))!).QueryAsync(new CaseQuery()));

    private sealed class Asked : ITaskDispatcher
    {
        public List<TaskAsked> Tasks { get; } = [];

        public void Dispatch(TaskAsked task) => Tasks.Add(task);
    }
}
