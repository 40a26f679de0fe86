using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Contract;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task A_claimed_item_is_not_handed_out_again_while_its_lease_lasts()
    {
        var @case = await ExistingCaseAsync();
        var work = NewWork(@case, "a");
        await CommitAsync(new WorkEnqueued(work));

        var claimed = Assert.Single(await ClaimAsync());

        Assert.NotEqual(Guid.Empty, claimed.LeaseToken);
        Assert.Equal(1, claimed.Attempts);
        Assert.Equal(work, claimed with { LeaseToken = Guid.Empty, Attempts = 0, Rank = 0, Case = null });
        Assert.Empty(await ClaimAsync());
        Assert.Equal(1, await _store.Queue.DepthAsync());
    }

    [Fact]
    public async Task A_case_that_comes_with_its_item_is_the_one_that_stands_now()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new CaseChanged(@case with { Revision = 2, Reference = "moved" }, 1), new WorkEnqueued(NewWork(@case, "a")));

        // A store may leave it to a look.
        if (Assert.Single(await ClaimAsync()).Case is { } brought)
        {
            Assert.Equal((@case.Id, @case.TenantId, 2, "moved"), (brought.Id, brought.TenantId, brought.Revision, brought.Reference));
            Assert.Equal(@case.State.ToArray(), brought.State.ToArray());
        }
    }

    [Fact]
    public async Task An_item_whose_lease_ended_is_handed_out_again_and_the_first_holder_can_commit_nothing()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        var first = Assert.Single(await ClaimAsync());
        await _store.LetLeaseTimePassAsync(Lease + TimeSpan.FromSeconds(1));
        var second = Assert.Single(await ClaimAsync());

        Assert.Equal(2, second.Attempts);
        await Assert.ThrowsAsync<LeaseLostException>(() => CommitAsync(
            new CaseChanged(@case with { Revision = 2 }, 1),
            new WorkCompleted(first.Id, first.LeaseToken)));
        Assert.Equal(1, (await ReadCasesAsync(cases => cases.FindAsync(@case.Id)))!.Revision);

        await CommitAsync(new CaseChanged(@case with { Revision = 2 }, 1), new WorkCompleted(second.Id, second.LeaseToken));
        Assert.Equal(0, await _store.Queue.DepthAsync());
    }

    [Fact]
    public async Task Whoever_lost_an_item_cannot_give_it_back()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        var first = Assert.Single(await ClaimAsync());
        await _store.LetLeaseTimePassAsync(Lease + TimeSpan.FromSeconds(1));
        var second = Assert.Single(await ClaimAsync());

        await Record.ExceptionAsync(async () => await _store.Queue.ReleaseAsync(first, TimeSpan.Zero, "Too late."));

        Assert.Empty(await ClaimAsync());
        await CommitAsync(new WorkCompleted(second.Id, second.LeaseToken));
        Assert.Equal(0, await _store.Queue.DepthAsync());
    }

    [Fact]
    public async Task One_item_of_a_case_is_handed_out_at_a_time()
    {
        var first = await ExistingCaseAsync("1");
        var second = await ExistingCaseAsync("2");
        await CommitAsync(new WorkEnqueued(NewWork(first, "a")), new WorkEnqueued(NewWork(first, "b")), new WorkEnqueued(NewWork(second, "c")));

        var claimed = await ClaimAsync();
        Assert.Equal(["a", "c"], claimed.Select(item => item.Key).Order());
        Assert.Empty(await ClaimAsync());

        var done = claimed.Single(item => item.Key == "a");
        await CommitAsync(new WorkCompleted(done.Id, done.LeaseToken));
        Assert.Equal("b", Assert.Single(await ClaimAsync()).Key);
    }

    [Fact]
    public async Task A_claim_says_whether_it_leaves_others_that_could_be_had()
    {
        var (first, second) = (await ExistingCaseAsync("1"), await ExistingCaseAsync("2"));
        Assert.False((await ClaimAsync()).LeavesOthers);
        await CommitAsync(new WorkEnqueued(NewWork(first, "a")), new WorkEnqueued(NewWork(first, "b")), new WorkEnqueued(NewWork(second, "c")));

        // Beyond the limit, and then of a case that is held.
        var one = await ClaimAsync(1);
        Assert.True(one.LeavesOthers);
        var other = await ClaimAsync();
        Assert.Equal("c", Assert.Single(other).Key);
        Assert.True(other.LeavesOthers);
        Assert.True((await ClaimAsync()).LeavesOthers);

        await CommitAsync(new WorkCompleted(one[0].Id, one[0].LeaseToken));
        var last = await ClaimAsync();
        Assert.Equal("b", Assert.Single(last).Key);
        Assert.False(last.LeavesOthers);

        // One that is given back for later cannot be had now.
        await _store.Queue.ReleaseAsync(last[0], TimeSpan.FromMinutes(5), "The bank is away.");
        Assert.False((await ClaimAsync()).LeavesOthers);
    }

    [Fact]
    public async Task Of_a_case_with_a_thousand_items_the_first_is_handed_out_and_others_are_not_kept_waiting()
    {
        var (busy, quiet) = (await ExistingCaseAsync("1"), await ExistingCaseAsync("2"));
        await CommitAsync([.. Enumerable.Range(0, 1000).Select(number => new WorkEnqueued(NewWork(busy, $"{number:0000}"))), new WorkEnqueued(NewWork(quiet, "quiet"))]);

        Assert.Equal(["0000", "quiet"], (await ClaimAsync(2)).Select(item => item.Key));
    }

    [Fact]
    public async Task Asking_twice_under_one_key_is_asking_once()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));

        Assert.Single(await TakeAllAsync());

        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        Assert.Single(await TakeAllAsync());
    }

    [Fact]
    public async Task An_item_given_back_is_handed_out_again_after_the_delay()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        var claimed = Assert.Single(await ClaimAsync());

        await _store.Queue.ReleaseAsync(claimed, TimeSpan.FromSeconds(10), "The database was busy.");
        Assert.Empty(await ClaimAsync());
        await _store.LetLeaseTimePassAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(2, Assert.Single(await ClaimAsync()).Attempts);
    }

    [Fact]
    public async Task An_item_given_back_without_delay_is_handed_out_at_once()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new WorkEnqueued(NewWork(@case, "a")));
        var claimed = Assert.Single(await ClaimAsync());

        await _store.Queue.ReleaseAsync(claimed, TimeSpan.Zero, "Somebody else moved the case.");

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Events_go_before_timers_and_both_before_bulk()
    {
        var cases = new[] { await ExistingCaseAsync("1"), await ExistingCaseAsync("2"), await ExistingCaseAsync("3") };
        await CommitAsync(
            new WorkEnqueued(NewWork(cases[0], "bulk", WorkLane.Bulk)),
            new WorkEnqueued(NewWork(cases[1], "timer", WorkLane.Timer)),
            new WorkEnqueued(NewWork(cases[2], "event")));

        Assert.Equal("event", Assert.Single(await ClaimAsync(1)).Key);
        Assert.Equal("timer", Assert.Single(await ClaimAsync(1)).Key);
        Assert.Equal("bulk", Assert.Single(await ClaimAsync(1)).Key);
    }

    [Fact]
    public async Task Each_lane_says_how_much_waits_how_much_is_taken_and_since_when()
    {
        var cases = new[] { await ExistingCaseAsync("1"), await ExistingCaseAsync("2"), await ExistingCaseAsync("3") };
        await CommitAsync(
            new WorkEnqueued(NewWork(cases[0], "new")),
            new WorkEnqueued(NewWork(cases[1], "old") with { EnqueuedAt = Now.AddHours(-3) }),
            new WorkEnqueued(NewWork(cases[2], "timer", WorkLane.Timer)));
        var other = await ExistingCaseAsync("1", OtherTenant);
        await CommitForAsync(OtherTenant, new WorkEnqueued(NewWork(other, "other", WorkLane.Bulk)));
        Assert.Single(await ClaimAsync(1));

        Assert.Equal([new LaneStand(WorkLane.Event, 2, 1, Now.AddHours(-3)), new LaneStand(WorkLane.Timer, 1, 0, Now)], await _store.Queue.StandAsync(Tenant));
        Assert.Equal([WorkLane.Event, WorkLane.Timer, WorkLane.Bulk], (await _store.Queue.StandAsync()).Select(lane => lane.Lane));
    }

    [Fact]
    public async Task What_has_waited_long_goes_before_what_is_more_urgent_and_new()
    {
        var cases = new[] { await ExistingCaseAsync("1"), await ExistingCaseAsync("2"), await ExistingCaseAsync("3") };
        await CommitAsync(new WorkEnqueued(NewWork(cases[0], "bulk", WorkLane.Bulk)));
        await _store.LetLeaseTimePassAsync(WorkLanes.GivesWayBy(WorkLane.Bulk) - WorkLanes.GivesWayBy(WorkLane.Timer) + TimeSpan.FromSeconds(1));
        await CommitAsync(new WorkEnqueued(NewWork(cases[1], "timer", WorkLane.Timer)), new WorkEnqueued(NewWork(cases[2], "event")));

        Assert.Equal(["event", "bulk", "timer"], (await ClaimAsync()).Select(item => item.Key));
    }
}
