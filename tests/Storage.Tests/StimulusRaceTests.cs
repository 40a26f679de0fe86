using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteStimulusRaceTests() : StimulusRaceTests(StorageProvider.Sqlite);

public sealed class PostgreSqlStimulusRaceTests() : StimulusRaceTests(StorageProvider.PostgreSql)
{
    [Fact]
    public async Task An_event_waits_for_who_is_just_ending_its_wait_and_is_kept_for_the_next()
    {
        var stimulus = Stimulus.For("Payment", 1);
        await AppendAsync(new BookmarkCreated(Wait(stimulus)));
        await using var ending = await House.Database.WriteAsync();
        await using var transaction = await ending.Connection.BeginTransactionAsync();
        await using var burn = ending.Connection.CreateCommand();
        (burn.CommandText, burn.Transaction) = ("DELETE FROM bookmarks", transaction);
        await burn.ExecuteNonQueryAsync();

        var raised = AppendAsync(new StimulusRaised(stimulus));
        while (!raised.IsCompleted && await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync();
        await raised;

        Assert.Equal(1, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM early_stimuli"));
        Assert.Equal(0, await House.Get<IWorkQueue>().DepthAsync());
    }
}

/// <summary>A wait and what it waits for, committed at the same moment by two nodes, always meet, and once.</summary>
public abstract class StimulusRaceTests(StorageProvider provider) : StorageTest(provider)
{
    private const int Rounds = 60;

    [Fact]
    public async Task An_event_and_its_wait_never_miss_each_other()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var stimulus = Stimulus.For("Payment", round);
            using var together = new Barrier(2);

            await Task.WhenAll(
                AtOnce(together, () => AppendAsync(new StimulusRaised(stimulus))),
                AtOnce(together, () => AppendAsync(new BookmarkCreated(Wait(stimulus)))));
        }

        Assert.Equal(Rounds, await House.Get<IWorkQueue>().DepthAsync());
        Assert.Equal(0, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM early_stimuli"));
    }

    [Fact]
    public async Task Of_two_events_at_once_one_resumes_the_wait_and_the_other_is_kept()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var stimulus = Stimulus.For("Payment", round);
            await AppendAsync(new BookmarkCreated(Wait(stimulus)));
            using var together = new Barrier(2);

            await Task.WhenAll(
                AtOnce(together, () => AppendAsync(new StimulusRaised(stimulus))),
                AtOnce(together, () => AppendAsync(new StimulusRaised(stimulus))));
        }

        Assert.Equal(Rounds, await House.Get<IWorkQueue>().DepthAsync());
        Assert.Equal(Rounds, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM early_stimuli"));
    }

    [Fact]
    public async Task An_event_at_the_moment_its_wait_times_out_is_not_lost()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var stimulus = Stimulus.For("Payment", round);
            await AppendAsync(new BookmarkCreated(Wait(stimulus) with { DueAt = TestDatabase.Start }));
            using var together = new Barrier(2);

            await Task.WhenAll(
                AtOnce(together, () => AppendAsync(new StimulusRaised(stimulus))),
                AtOnce(together, async () => await House.Get<IWorkQueue>().FireDueTimersAsync(TestDatabase.Start, 10)));
        }

        // Each round leaves one resume; where the timer made it, the event is kept for the next wait.
        Assert.Equal(Rounds, await House.Get<IWorkQueue>().DepthAsync());
        Assert.Equal(
            await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM work_items WHERE lane = 'Timer'"),
            await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM early_stimuli"));
    }

    [Fact]
    public async Task Two_nodes_never_hold_the_same_case()
    {
        var cases = Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7()).ToArray();
        await AppendAsync([.. Enumerable.Range(0, 200).Select(number => (EngineChange)new WorkEnqueued(Item(number, cases[number % cases.Length])))]);
        var queue = House.Get<IWorkQueue>();
        using var together = new Barrier(4);

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => AtOnce(together, async () =>
        {
            var mine = new List<WorkItem>();
            for (var turn = 0; turn < 5; turn++)
            {
                mine.AddRange(await queue.ClaimAsync($"node-{node}", 4, TimeSpan.FromMinutes(1)));
            }

            return mine;
        })));

        var held = claims.SelectMany(mine => mine).Select(item => item.CaseId).ToList();
        Assert.Equal(cases.Length, held.Count);
        Assert.Equal(held.Count, held.Distinct().Count());
    }

    [Fact]
    public async Task An_import_of_hundreds_starts_each_case_once_in_the_slow_lane()
    {
        await AppendAsync(new TriggersIndexed("dunning", [new TriggerEntry("dunning-v1", "start", "invoice.imported", Stimulus.For("invoice.imported", null).Hash)]));
        EngineChange[] import = [.. Enumerable.Range(0, 500).Select(number => new StimulusRaised(Stimulus.For("invoice.imported", null) with { StartKey = $"invoice-{number}", OnlyDefinitionId = "dunning" }))];

        await AppendAsync(import);
        await AppendAsync(import);

        var claimed = await House.Get<IWorkQueue>().ClaimAsync("test", 1000, TimeSpan.FromMinutes(1));
        Assert.Equal(500, claimed.Count);
        Assert.All(claimed, item => Assert.Equal(WorkLane.Bulk, item.Lane));
    }

    [Fact]
    public async Task An_early_event_is_forgotten_after_thirty_days()
    {
        var stimulus = Stimulus.For("Payment", "late");
        await AppendAsync(new StimulusRaised(stimulus));

        House.Clock.Advance(TimeSpan.FromDays(31));
        await AppendAsync(new BookmarkCreated(Wait(stimulus)));
        Assert.Equal(0, await House.Get<IWorkQueue>().DepthAsync());

        await House.Get<IWorkQueue>().FireDueTimersAsync(House.Clock.GetUtcNow(), 100);
        Assert.Equal(0, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM early_stimuli"));
    }

    private static Task AtOnce(Barrier together, Func<Task> act) => Task.Run(async () =>
    {
        together.SignalAndWait();
        await act();
    });

    private static Task<T> AtOnce<T>(Barrier together, Func<Task<T>> act) => Task.Run(async () =>
    {
        together.SignalAndWait();
        return await act();
    });

    private protected async Task AppendAsync(params EngineChange[] changes)
    {
        await using var scope = House.Open(Merchant);
        var unit = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var change in changes)
        {
            unit.Append(change);
        }

        await unit.CommitAsync();
    }

    private WorkItem Item(int number, Guid caseId) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        Kind = WorkKind.Resume,
        Key = $"item-{number}",
        CaseId = caseId,
        EnqueuedAt = TestDatabase.Start,
    };

    private protected Bookmark Wait(Stimulus stimulus) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        CaseId = Guid.CreateVersion7(),
        Name = stimulus.Name,
        Hash = stimulus.Hash,
        ActivityInstanceId = "1",
        NodeId = "wait",
        CreatedAt = TestDatabase.Start,
    };
}
