using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using CentralPay.Workflows.Engine.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Engine.Tests.Simulation;

/// <summary>Cases whose time is moved on.</summary>
public sealed class SimulationRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly SimulatedClock _clock = new();
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task A_draft_runs_as_if_it_were_published_and_time_jumps_to_what_is_due()
    {
        var (store, run) = await BeginAsync(Waiting("P40D"));

        Assert.True(await run.UntilAsync(Start.AddDays(365)));

        var ended = await CaseAsync(store);
        Assert.Equal((CaseStatus.Finished, Start.AddDays(40)), (ended.Status, ended.FinishedAt!.Value));
    }

    [Fact]
    public async Task What_lies_behind_the_end_does_not_happen()
    {
        var (store, run) = await BeginAsync(Waiting("P40D"));

        Assert.True(await run.UntilAsync(Start.AddDays(39)));

        var waiting = await CaseAsync(store);
        Assert.Equal(("wait", Start.AddDays(40)), (waiting.WaitingNodeId, waiting.WaitingUntil!.Value));
        Assert.Equal(Start, _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_case_that_looks_every_minute_for_a_year_is_cut_short()
    {
        var round = Draw.Scenario("round").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "PT1M")).Connect("start>wait", "wait>wait");
        var (store, run) = await BeginAsync(round);

        Assert.False(await run.UntilAsync(Start.AddDays(365)));

        Assert.Equal(CaseStatus.Running, (await CaseAsync(store)).Status);
    }

    [Fact]
    public void Simulated_time_never_goes_back()
    {
        _clock.Begin(Start);

        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.MoveTo(Start.AddTicks(-1)));
    }

    private static Draw Waiting(string span) => Draw.Scenario("waiting").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", span)).Connect("start>wait");

    private async Task<(MemoryEngineStore Store, SimulationRun Run)> BeginAsync(Draw drawn)
    {
        _clock.Begin(Start);
        var store = new MemoryEngineStore(_clock);
        var compiled = new CompiledScenarios(new ActivityRegistry([]), new FunctionRegistry(_clock));
        var draft = new ScenarioVersion { Id = "draft", TenantId = _tenant, DefinitionId = "drawn", Version = 1, Name = "Drawn", Json = drawn.Json, IsLatest = true, IsPublished = false, ChangedAt = Start };
        var scenario = await SimulatedScenario.PrepareAsync(draft, [], compiled);
        Assert.Equal(["Elsa.Event"], scenario.Beginnings);
        await CommitAsync(store, scenario.AppendTo);
        var worker = new CaseWorker(store, store, new WorkSignal(), compiled, _clock, new EngineLimits(), NullLogger<CaseWorker>.Instance);
        return (store, new SimulationRun(store, worker, _clock, new OneStart(this, store)));
    }

    private async Task CommitAsync(MemoryEngineStore store, Action<IEngineUnitOfWork> append)
    {
        var work = store.Open(_tenant).Services.GetRequiredService<IEngineUnitOfWork>();
        append(work);
        await work.CommitAsync();
    }

    private async Task<CaseRecord> CaseAsync(MemoryEngineStore store) =>
        Assert.Single(await store.Open(_tenant).Services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery()));

    /// <summary>Begins one case, and nothing more.</summary>
    private sealed class OneStart(SimulationRunTests tests, MemoryEngineStore store) : ISimulatedOutside
    {
        private bool _begun;

        public DateTimeOffset? NextDue => null;

        public async ValueTask<bool> HappenAsync(CancellationToken cancellationToken)
        {
            if (_begun)
                return false;
            _begun = true;
            await tests.CommitAsync(store, work => work.Append(new StimulusRaised(Event.Published("Start", null) with { StartKey = "one" })));
            return true;
        }
    }
}
