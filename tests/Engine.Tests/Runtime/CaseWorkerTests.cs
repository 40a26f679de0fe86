using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Runtime;

/// <summary>How a worker shares its hands among what it has claimed.</summary>
public sealed class CaseWorkerTests : IAsyncDisposable
{
    private readonly Gate _gate = new();
    private readonly CancellationTokenSource _end = new();

    public ValueTask DisposeAsync()
    {
        _end.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_step_that_takes_long_holds_back_no_other_case()
    {
        await using var house = HouseWithHands(2);
        await QueueAsync(house, slow: 1, quick: 40);

        var working = Task.Run(() => house.Worker.RunAsync(_end.Token));
        await _gate.Entered;
        while (await RunningAsync(house) > 1)
            await Task.Yield();

        _gate.Open();
        while (await RunningAsync(house) > 0)
            await Task.Yield();
        await _end.CancelAsync();
        await working;
    }

    [Fact]
    public async Task A_worker_that_is_told_to_end_gives_back_what_it_claimed()
    {
        await using var house = HouseWithHands(1);
        await QueueAsync(house, slow: 1, quick: 5);

        var working = Task.Run(() => house.Worker.RunAsync(_end.Token));
        await _gate.Entered;
        await _end.CancelAsync();
        await working;

        var left = await house.Get<IWorkQueue>().ClaimAsync("another", 100, TimeSpan.FromMinutes(1));
        Assert.NotEmpty(left);
        Assert.Equal(await house.Get<IWorkQueue>().DepthAsync(), left.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_that_does_not_come_back_keeps_no_hand_and_is_put_to_a_person(bool isDeaf)
    {
        var gate = new Gate { IsDeaf = isDeaf };
        await using var house = new House(
            new EngineLimits { Parallelism = 1, ClaimBatch = 8, PollInterval = TimeSpan.FromHours(1), Lease = TimeSpan.FromMilliseconds(300), MaxAttempts = 1 },
            services => services.AddSingleton(gate));
        await QueueAsync(house, slow: 1, quick: 5);

        var working = Task.Run(() => house.Worker.RunAsync(_end.Token));
        while (await RunningAsync(house) > 0)
            await Task.Yield();

        var (incidents, cases) = await house.InTenantAsync(async services =>
        {
            var store = services.GetRequiredService<ICaseStore>();
            return (await store.OpenIncidentsAsync(null, 10), await store.QueryAsync(new CaseQuery { Limit = 100 }));
        });
        Assert.Equal("NeverCameBack", Assert.Single(incidents).Cause);
        Assert.Equal(5, cases.Count(each => each.SubStatus == CaseSubStatus.Finished));

        // What it does when it comes back after all changes nothing.
        gate.Open();
        await _end.CancelAsync();
        await working;
        Assert.Equal(5, (await house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { Limit = 100 }))).Count(each => each.SubStatus == CaseSubStatus.Finished));
    }

    [Fact]
    public async Task Who_was_claimed_with_work_that_ends_the_process_each_time_comes_before_it_soon()
    {
        const int Neighbours = 31;
        var random = new Random(11);
        var (told, rounds) = (0, 200);
        for (var round = 0; round < rounds; round++)
        {
            var left = Enumerable.Range(0, Neighbours + 1).Select(place => Item(NewId(random), place)).ToList();
            var poison = left[random.Next(left.Count)].Id;
            for (var attempt = 1; attempt <= 8; attempt++)
            {
                var claimed = new ClaimedWork(new EngineLimits());
                claimed.Add(new ClaimedItems([.. left.Select(item => item with { Attempts = attempt })], leavesOthers: false), asked: 32, doneBefore: 0);
                claimed.End();
                var order = await claimed.TakeAllAsync().ToListAsync();
                var done = order.TakeWhile(item => item.Id != poison).Select(item => item.Id).ToHashSet();
                left = [.. left.Where(item => !done.Contains(item.Id))];
            }

            told += left.Count - 1;
        }

        // Of 31, less than one on an average; without changing places it would be half of them.
        Assert.InRange(told, 0, rounds);

        static Guid NewId(Random random)
        {
            var id = new byte[16];
            random.NextBytes(id);
            return new Guid(id);
        }

        static WorkItem Item(Guid id, int place) =>
            new() { Id = id, TenantId = Guid.Empty, Kind = WorkKind.Resume, Key = $"{place}", CaseId = id, EnqueuedAt = default, Rank = place };
    }

    [Fact]
    public async Task What_just_happened_goes_before_timers_that_were_claimed_ahead_and_after_those_that_waited_long()
    {
        var claimed = new ClaimedWork(new EngineLimits());
        claimed.Add(new ClaimedItems([Item("old timer", 50), Item("timer", 200), Item("next timer", 200)], leavesOthers: true), asked: 3, doneBefore: 0);
        claimed.Add(new ClaimedItems([Item("event", 100)], leavesOthers: false), asked: 3, doneBefore: 0);
        claimed.End();

        Assert.Equal(["old timer", "event", "timer", "next timer"], await claimed.TakeAllAsync().Select(item => item.Key).ToListAsync());

        static WorkItem Item(string key, long rank) =>
            new() { Id = Guid.CreateVersion7(), TenantId = Guid.CreateVersion7(), Kind = WorkKind.Resume, Key = key, CaseId = Guid.CreateVersion7(), EnqueuedAt = default, Rank = rank };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task What_waits_for_another_item_of_its_case_is_had_when_that_is_done_without_a_poll(int hands)
    {
        await using var house = HouseWithHands(hands);
        await house.PublishAsync(Draw.Scenario("long").Step("first", "Elsa.Event", ("eventName", "Literal", "Go")).Connect("start>first").Json);
        for (var number = 0; number < 30; number++)
            await house.RaiseAsync(Event.Published("Start") with { StartKey = $"long-{number}" });

        var working = Task.Run(() => house.Worker.RunAsync(_end.Token));
        while (await RunningAsync(house) > 0)
            await Task.Yield();
        for (var time = 0; time < 20; time++)
            await AskAllToContinueAsync(house, time);
        while (await RunningAsync(house) > 0)
            await Task.Yield();

        await _end.CancelAsync();
        await working;
    }

    [Fact]
    public async Task Timers_beyond_those_fired_at_once_are_fired_without_a_poll()
    {
        await using var house = new House(new EngineLimits { TimerBatch = 5, ClaimBatch = 8, PollInterval = TimeSpan.FromHours(1) });
        await house.PublishAsync(Draw.Scenario("waiting").Step("wait", "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")).Connect("start>wait").Json);
        for (var number = 0; number < 23; number++)
            await house.RaiseAsync(Event.Published("Start") with { StartKey = $"waiting-{number}" });
        await house.Worker.DrainAsync();
        house.Clock.Advance(TimeSpan.FromHours(2));

        var working = Task.Run(() => house.Worker.RunAsync(_end.Token));
        while (await house.Get<IWorkQueue>().NextTimerDueAsync() is not null || await RunningAsync(house) > 0)
            await Task.Yield();
        await _end.CancelAsync();
        await working;
    }

    [Fact]
    public void Who_is_done_while_a_claim_is_made_lets_another_be_made()
    {
        var claimed = new ClaimedWork(new EngineLimits());
        var before = claimed.DoneSoFar;
        Assert.False(claimed.Done());

        Assert.True(claimed.Add(new ClaimedItems([], leavesOthers: true), asked: 8, before));
        Assert.False(claimed.Add(new ClaimedItems([], leavesOthers: true), asked: 8, claimed.DoneSoFar));
        Assert.True(claimed.Done());
        Assert.False(claimed.Add(new ClaimedItems([], leavesOthers: false), asked: 8, claimed.DoneSoFar));
        Assert.False(claimed.Done());
    }

    private static async Task AskAllToContinueAsync(House house, int time)
    {
        await using var scope = house.Get<ITenantScopes>().Open(house.Tenant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var @case in await scope.Services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { Limit = 100 }))
            work.Append(new WorkEnqueued(new WorkItem { Id = Guid.CreateVersion7(), TenantId = house.Tenant, Kind = WorkKind.Continue, Key = $"continue {@case.Id} {time}", CaseId = @case.Id, EnqueuedAt = house.Clock.GetUtcNow() }));
        await work.CommitAsync();
    }

    // Nobody polls: what is missed stays.
    private House HouseWithHands(int hands) => new(
        new EngineLimits { Parallelism = hands, ClaimBatch = 8, PollInterval = TimeSpan.FromHours(1) },
        services => services.AddSingleton(_gate));

    private static async Task QueueAsync(House house, int slow, int quick)
    {
        await house.PublishAsync(Draw.Scenario("slow").Step("stand", "Test.Stand").Connect("start>stand").Json.Replace("\"Start\"", "\"Slow\"", StringComparison.Ordinal));
        await house.PublishAsync(Draw.Scenario("quick").Step("note", "Test.Note").Connect("start>note").Json);
        for (var number = 0; number < slow; number++)
            await house.RaiseAsync(Event.Published("Slow") with { StartKey = $"slow-{number}" });
        for (var number = 0; number < quick; number++)
            await house.RaiseAsync(Event.Published("Start") with { StartKey = $"quick-{number}" });
    }

    private static async Task<int> RunningAsync(House house) => await house.Get<IWorkQueue>().DepthAsync();

    /// <summary>Where steps stand until it opens.</summary>
    public sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        /// <summary>Whether it does not hear that the work is to end.</summary>
        public bool IsDeaf { get; init; }

        public void Open() => _opened.SetResult();

        public Task PassAsync(CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            return IsDeaf ? _opened.Task : _opened.Task.WaitAsync(cancellationToken);
        }
    }
}

/// <summary>Stands before a gate.</summary>
[Activity("Test", "Test", "Stand before a gate.")]
public sealed class Stand : CodeActivity
{
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<CaseWorkerTests.Gate>().PassAsync(context.CancellationToken);
}
