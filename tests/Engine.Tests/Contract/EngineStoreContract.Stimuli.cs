using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Contract;

public abstract partial class EngineStoreContract
{
    private static Stimulus Paid(string request = "request-1", string input = """{"amount":"12.50"}""") =>
        Stimulus.For("Payment", request) with { InputJson = input };

    [Fact]
    public async Task A_stimulus_resumes_every_wait_with_its_hash_and_no_other()
    {
        var first = await ExistingCaseAsync("1");
        var second = await ExistingCaseAsync("2");
        var bookmarks = new[] { NewBookmark(first, Paid().Hash), NewBookmark(second, Paid().Hash), NewBookmark(second, Paid("request-2").Hash) };
        await CommitAsync([.. bookmarks.Select(bookmark => new BookmarkCreated(bookmark))]);

        await CommitAsync(new StimulusRaised(Paid()));

        var items = await TakeAllAsync();
        Assert.Equal(new[] { bookmarks[0].Id, bookmarks[1].Id }.Order(), items.Select(item => item.BookmarkId!.Value).Order());
        Assert.All(items, item => Assert.Equal((WorkKind.Resume, WorkLane.Event, """{"amount":"12.50"}""", Tenant), (item.Kind, item.Lane, item.InputJson, item.TenantId)));
    }

    [Fact]
    public async Task A_stimulus_of_another_tenant_resumes_nothing()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new BookmarkCreated(NewBookmark(@case, Paid().Hash)));

        await CommitForAsync(OtherTenant, new StimulusRaised(Paid()));

        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task A_burned_wait_is_not_resumed()
    {
        var @case = await ExistingCaseAsync();
        var bookmark = NewBookmark(@case, Paid().Hash);
        await CommitAsync(new BookmarkCreated(bookmark));
        await CommitAsync(new BookmarkBurned(@case.Id, bookmark.Id));

        await CommitAsync(new StimulusRaised(Paid()));

        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task A_stimulus_raised_in_the_unit_of_work_that_makes_the_wait_resumes_it()
    {
        var @case = await ExistingCaseAsync();
        var bookmark = NewBookmark(@case, Paid().Hash);

        await CommitAsync(new BookmarkCreated(bookmark), new StimulusRaised(Paid()));

        Assert.Equal(bookmark.Id, Assert.Single(await TakeAllAsync()).BookmarkId);
    }

    [Fact]
    public async Task A_stimulus_that_comes_before_its_wait_is_kept_and_taken_once()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new StimulusRaised(Paid()));
        Assert.Empty(await TakeAllAsync());

        var first = NewBookmark(@case, Paid().Hash);
        await CommitAsync(new BookmarkCreated(first));
        var taken = Assert.Single(await TakeAllAsync());
        Assert.Equal((first.Id, Paid().InputJson), (taken.BookmarkId, taken.InputJson));

        await CommitAsync(new BookmarkBurned(@case.Id, first.Id), new BookmarkCreated(NewBookmark(@case, Paid().Hash)));
        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task A_kept_stimulus_is_not_taken_by_a_wait_that_ends_in_the_commit_that_begins_it()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new StimulusRaised(Paid()));
        var (passing, standing) = (NewBookmark(@case, Paid().Hash), NewBookmark(@case, Paid().Hash));

        await CommitAsync(new BookmarkCreated(passing), new BookmarkBurned(@case.Id, passing.Id), new BookmarkCreated(standing));

        Assert.Equal(standing.Id, Assert.Single(await TakeAllAsync()).BookmarkId);
    }

    [Fact]
    public async Task A_stimulus_not_to_be_kept_is_forgotten_when_nothing_waits()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new StimulusRaised(Paid() with { KeepForLaterWait = false }));

        await CommitAsync(new BookmarkCreated(NewBookmark(@case, Paid().Hash)));

        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task A_second_stimulus_for_a_wait_already_hit_is_kept_for_the_next_wait()
    {
        var @case = await ExistingCaseAsync();
        var first = NewBookmark(@case, Paid().Hash);
        await CommitAsync(new BookmarkCreated(first));
        await CommitAsync(new StimulusRaised(Paid(input: """{"amount":"1"}""")));
        await CommitAsync(new StimulusRaised(Paid(input: """{"amount":"2"}""")));

        var resumed = Assert.Single(await TakeAllAsync());
        Assert.Equal("""{"amount":"1"}""", resumed.InputJson);

        var second = NewBookmark(@case, Paid().Hash);
        await CommitAsync(new BookmarkBurned(@case.Id, first.Id), new BookmarkCreated(second));
        var next = Assert.Single(await TakeAllAsync());
        Assert.Equal((second.Id, """{"amount":"2"}"""), (next.BookmarkId, next.InputJson));
    }

    [Fact]
    public async Task A_wait_that_does_not_burn_gets_every_stimulus()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new BookmarkCreated(NewBookmark(@case, Paid().Hash, autoBurn: false)));

        await CommitAsync(new StimulusRaised(Paid()));
        await CommitAsync(new StimulusRaised(Paid()));

        Assert.Equal(2, (await TakeAllAsync()).Count);
    }

    [Fact]
    public async Task A_stimulus_starts_every_published_scenario_with_its_trigger()
    {
        await PublishAsync("dunning", Paid().Hash);
        await PublishAsync("thanks", Paid().Hash);
        await PublishAsync("other", "another-hash");

        await CommitAsync(new StimulusRaised(Paid() with { Subject = new CaseSubject("invoice:1", "F-1", "customer:7") }));

        var starts = await TakeAllAsync();
        Assert.Equal(["dunning-v1", "thanks-v1"], starts.Select(item => item.DefinitionVersionId!).Order());
        Assert.All(starts, item => Assert.Equal((WorkKind.Start, "start", new CaseSubject("invoice:1", "F-1", "customer:7"), Paid().InputJson), (item.Kind, item.NodeId, item.Subject, item.InputJson)));
        Assert.Equal(2, starts.Select(item => item.CaseId).Distinct().Count());
    }

    [Fact]
    public async Task A_stimulus_for_one_scenario_starts_only_that()
    {
        await PublishAsync("dunning", Paid().Hash);
        await PublishAsync("thanks", Paid().Hash);

        await CommitAsync(new StimulusRaised(Paid() with { OnlyDefinitionId = "thanks" }));

        Assert.Equal("thanks-v1", Assert.Single(await TakeAllAsync()).DefinitionVersionId);
    }

    [Fact]
    public async Task The_same_start_key_starts_a_scenario_once_even_after_the_first_case_began()
    {
        await PublishAsync("dunning", Paid().Hash);
        var stimulus = Paid() with { StartKey = "invoice-1" };
        await CommitAsync(new StimulusRaised(stimulus));
        await CommitAsync(new StimulusRaised(stimulus));

        var start = Assert.Single(await TakeAllAsync());
        Assert.Equal(StimulusRouting.StartKey("dunning", "invoice-1"), start.StartKey);
        Assert.Equal(StimulusRouting.CaseId(Tenant, start.StartKey!), start.CaseId);
        await CommitAsync(new CaseChanged(NewCase(start.StartKey!, Tenant) with { Id = start.CaseId }, 0));

        await CommitAsync(new StimulusRaised(stimulus));
        foreach (var again in await TakeAllAsync())
            await Assert.ThrowsAsync<DuplicateStartException>(() => CommitAsync(new CaseChanged(NewCase(again.StartKey!, Tenant) with { Id = again.CaseId }, 0)));
    }

    [Fact]
    public async Task Replaced_triggers_start_the_new_version_and_retracted_ones_nothing()
    {
        await PublishAsync("dunning", Paid().Hash);
        await CommitAsync(
            new ScenarioVersionSaved(NewVersion("dunning", 1, isLatest: false) with { Revision = 2 }, 1),
            new ScenarioVersionSaved(NewVersion("dunning", 2, isPublished: true), 0),
            new TriggersIndexed("dunning", [new TriggerEntry("dunning-v2", "start", "Payment", Paid().Hash)]));
        await CommitAsync(new StimulusRaised(Paid()));
        Assert.Equal("dunning-v2", Assert.Single(await TakeAllAsync()).DefinitionVersionId);

        await CommitAsync(new TriggersIndexed("dunning", []));
        await CommitAsync(new StimulusRaised(Paid()));
        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task A_due_timer_becomes_work_once_and_a_burned_one_never()
    {
        var @case = await ExistingCaseAsync();
        var soon = NewBookmark(@case, null, Now.AddHours(1));
        var later = NewBookmark(@case, null, Now.AddHours(3));
        var burned = NewBookmark(@case, null, Now.AddMinutes(5));
        await CommitAsync(new BookmarkCreated(soon), new BookmarkCreated(later), new BookmarkCreated(burned));
        await CommitAsync(new BookmarkBurned(@case.Id, burned.Id));

        Assert.Equal(soon.DueAt, await _store.Queue.NextTimerDueAsync());
        Assert.Equal(0, await _store.Queue.FireDueTimersAsync(Now.AddMinutes(59), 10));
        Assert.Equal(1, await _store.Queue.FireDueTimersAsync(Now.AddHours(1), 10));
        Assert.Equal(0, await _store.Queue.FireDueTimersAsync(Now.AddHours(1), 10));

        var item = Assert.Single(await TakeAllAsync());
        Assert.Equal((WorkKind.Resume, WorkLane.Timer, soon.Id, @case.Id), (item.Kind, item.Lane, item.BookmarkId, item.CaseId));
        Assert.Equal(later.DueAt, await _store.Queue.NextTimerDueAsync());
    }

    [Fact]
    public async Task Of_a_timer_and_a_stimulus_for_the_same_wait_only_one_resumes_it()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new BookmarkCreated(NewBookmark(@case, Paid().Hash, Now.AddHours(1))));

        await CommitAsync(new StimulusRaised(Paid()));
        await _store.Queue.FireDueTimersAsync(Now.AddHours(2), 10);

        Assert.Equal(WorkLane.Event, Assert.Single(await TakeAllAsync()).Lane);
    }

    [Fact]
    public async Task A_stimulus_that_very_many_cases_wait_for_reaches_some_at_once_and_each_of_the_rest_once_in_portions()
    {
        var @case = await ExistingCaseAsync();
        var bookmarks = Enumerable.Range(0, 9).Select(_ => NewBookmark(@case, Paid().Hash)).ToArray();
        await CommitAsync([.. bookmarks.Select(bookmark => new BookmarkCreated(bookmark))]);
        await PublishAsync("dunning", Paid().Hash);
        await PublishAsync("thanks", Paid().Hash);

        await CommitAsync(new StimulusRaised(Paid() with { Subject = new CaseSubject("invoice:1", "F-1", "customer:7") }));
        await CommitAsync(new BookmarkCreated(NewBookmark(@case, Paid().Hash)));

        var atOnce = await TakeAllAsync();
        Assert.Equal(Limits.MaxCasesPerStimulus, atOnce.Count(item => item.Kind == WorkKind.Resume));
        var later = atOnce.Where(item => item.Kind == WorkKind.Spread).ToArray();
        Assert.Equal(2, later.Length);
        foreach (var portion in later)
            await CommitAsync([.. StimulusPortions.Read(portion).Select(item => new WorkEnqueued(item))]);
        var rest = await TakeAllAsync();

        Assert.All(later.Concat(rest), item => Assert.Equal(WorkLane.Bulk, item.Lane));
        var resumes = atOnce.Concat(rest).Where(item => item.Kind == WorkKind.Resume).ToArray();
        Assert.Equal(bookmarks.Select(bookmark => bookmark.Id).Order(), resumes.Select(item => item.BookmarkId!.Value).Order());
        Assert.All(resumes, item => Assert.Equal((Paid().InputJson, null), (item.InputJson, item.Subject)));
        var starts = rest.Where(item => item.Kind == WorkKind.Start).ToArray();
        Assert.Equal(["dunning-v1", "thanks-v1"], starts.Select(item => item.DefinitionVersionId!).Order());
        Assert.All(starts, item => Assert.Equal(("start", new CaseSubject("invoice:1", "F-1", "customer:7"), Paid().InputJson), (item.NodeId, item.Subject, item.InputJson)));
    }

    [Fact]
    public async Task A_wait_whose_time_comes_before_its_portion_of_a_stimulus_goes_on_once()
    {
        var @case = await ExistingCaseAsync();
        var bookmarks = Enumerable.Range(0, 5).Select(_ => NewBookmark(@case, Paid().Hash, Now.AddHours(1))).ToArray();
        await CommitAsync([.. bookmarks.Select(bookmark => new BookmarkCreated(bookmark))]);
        await CommitAsync(new StimulusRaised(Paid()));

        await _store.Queue.FireDueTimersAsync(Now.AddHours(2), 10);
        var portion = Assert.Single(await ClaimAsync(), item => item.Kind == WorkKind.Spread);
        await CommitAsync([.. StimulusPortions.Read(portion).Select(item => new WorkEnqueued(item)), new WorkCompleted(portion.Id, portion.LeaseToken)]);

        Assert.Equal(5, await _store.Queue.DepthAsync());
    }

    private async Task PublishAsync(string definitionId, string hash) => await CommitAsync(
        new ScenarioVersionSaved(NewVersion(definitionId, 1, isPublished: true), 0),
        new TriggersIndexed(definitionId, [new TriggerEntry($"{definitionId}-v1", "start", "Payment", hash)]));
}
