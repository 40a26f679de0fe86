using System.ComponentModel.DataAnnotations;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Engine.Tests.Plugins;

/// <summary>Cases that wait at an activity which a later release took away or changed.</summary>
public sealed class StrandedWaitsTests : IAsyncDisposable
{
    private readonly House _house = new();

    [Fact]
    public async Task Nothing_is_stranded_while_the_activities_are_as_they_were_drawn()
    {
        await WaitingAsync("one", "two");

        Assert.Empty(await StrandedAsync(registry => registry.Add<Ask>()));
    }

    [Fact]
    public async Task An_activity_that_is_gone_strands_every_case_that_waits_at_it_once()
    {
        await WaitingAsync("one", "two", "three");

        var wait = Assert.Single(await StrandedAsync(_ => { }));

        Assert.Equal(new StrandedWait("dunning", "dunning", 1, "ask", "ask", "Test.Ask", StrandedKind.ActivityIsGone, "Test.Ask", 3), wait);
    }

    [Fact]
    public async Task A_renamed_method_or_outcome_a_renamed_input_and_a_new_required_one_are_told_by_name()
    {
        await WaitingAsync("one", "two");

        var waits = await StrandedAsync(registry => registry.Add<AskOtherwise>());

        Assert.Equal(
            [(StrandedKind.OutcomeIsGone, "Answered", 2), (StrandedKind.MethodIsGone, "OnAnswerAsync", 2), (StrandedKind.InputIsMissing, "deadline", 2), (StrandedKind.InputIsGone, "question", 2)],
            waits.Select(wait => (wait.Kind, wait.Member, wait.Cases)));
    }

    [Fact]
    public async Task Cases_that_have_gone_on_are_counted_no_longer()
    {
        await WaitingAsync("one", "two");
        await _house.RaiseAndDrainAsync(Ask.Answered("pay", "yes"));

        Assert.Empty(await StrandedAsync(_ => { }));
    }

    [Fact]
    public async Task A_case_whose_activity_is_gone_becomes_an_incident_that_names_it_and_goes_on_when_it_is_back()
    {
        await WaitingAsync("one");
        var without = new CompiledScenarios(new ActivityRegistry(), _house.Get<FunctionRegistry>());
        await _house.RaiseAsync(Ask.Answered("pay", "yes"));
        await new CaseWorker(_house.Store, _house.Store, _house.Get<IWorkSignal>(), without, _house.Clock, _house.Get<EngineLimits>(), NullLogger<CaseWorker>.Instance).DrainAsync();

        var incident = Assert.Single((await _house.DetailsAsync("one")).Incidents);
        Assert.Equal("UnknownActivity:Test.Ask", incident.Cause);

        await _house.DecideAsync(desk => desk.RetryAsync(incident.Id, "anna"));
        Assert.Equal("pay: yes", _house.Log.Lines[0]);
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync("one")).SubStatus);
    }

    [Fact]
    public async Task A_case_whose_drawn_outcome_was_renamed_becomes_an_incident_and_a_person_may_let_it_leave_by_another()
    {
        await WaitingAsync("one");
        await DrainWithAsync(registry => registry.Add<AskRenamed>(), () => _house.RaiseAsync(Ask.Answered("pay", "yes")));

        var incident = Assert.Single((await _house.DetailsAsync("one")).Incidents);
        Assert.Equal((FaultCauses.OutcomeIsGone, IncidentKind.Configuration), (incident.Cause, incident.Kind));
        Assert.Contains("\"Answered\", which is drawn", incident.Message, StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Running, (await _house.CaseAsync("one")).Status);

        await DrainWithAsync(registry => registry.Add<AskRenamed>(), () => _house.InTenantAsync(services => services.GetRequiredService<IncidentDesk>().SkipAsync(incident.Id, "Time limit", "anna")));
        Assert.Equal(CaseSubStatus.Finished, (await _house.CaseAsync("one")).SubStatus);
    }

    private async Task DrainWithAsync(Action<ActivityRegistry> add, Func<Task> bring)
    {
        var registry = new ActivityRegistry();
        registry.Add<Note>();
        add(registry);
        await bring();
        var compiled = new CompiledScenarios(registry, _house.Get<FunctionRegistry>());
        await new CaseWorker(_house.Store, _house.Store, _house.Get<IWorkSignal>(), compiled, _house.Clock, _house.Get<EngineLimits>(), NullLogger<CaseWorker>.Instance).DrainAsync();
    }

    private async Task WaitingAsync(params string[] startKeys)
    {
        await _house.PublishAsync(Draw.Scenario("dunning").Step("ask", "Test.Ask", ("question", "Literal", "pay"), ("timeLimit", "Literal", "P7D")).Step("note", "Test.Note").Connect("start>ask", "ask.Answered>note").Json);
        foreach (var key in startKeys)
            await _house.StartAsync(key);
    }

    private async Task<IReadOnlyList<StrandedWait>> StrandedAsync(Action<ActivityRegistry> add)
    {
        var registry = new ActivityRegistry();
        add(registry);
        return await _house.InTenantAsync(services => new StrandedWaits(services.GetRequiredService<ICaseStore>(), services.GetRequiredService<IScenarioStore>(), registry).ListAsync());
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    /// <summary>A release of <see cref="Ask"/> that answers by another outcome.</summary>
    [Activity("Test", "Test", "Wait for an answer.", Type = "Ask")]
    [FlowNode("Replied", "Time limit")]
    public sealed class AskRenamed : Activity
    {
        [Input]
        public Input<string> Question { get; set; } = new("");

        [Input]
        public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(7));

        protected override void Execute(ActivityExecutionContext context) => context.DelayFor(context.Get(TimeLimit), OnAnswerAsync);

        private async ValueTask OnAnswerAsync(ActivityExecutionContext context)
        {
            context.JournalData["question"] = context.Get(Question);
            await context.CompleteActivityWithOutcomesAsync("Replied");
        }
    }

    /// <summary>The next release of <see cref="Ask"/>.</summary>
    [Activity("Test", "Test", "Wait for an answer.", Type = "Ask")]
    public sealed class AskOtherwise : Activity
    {
        [Input]
        public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(7));

        [Input, Required]
        public Input<DateTimeOffset> Deadline { get; set; } = default!;

        protected override void Execute(ActivityExecutionContext context) => context.DelayFor(context.Get(TimeLimit), OnTimeLimitAsync);

        private async ValueTask OnTimeLimitAsync(ActivityExecutionContext context) => await context.CompleteActivityAsync();
    }
}
