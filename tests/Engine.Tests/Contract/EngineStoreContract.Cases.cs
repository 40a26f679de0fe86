using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Contract;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task A_committed_case_is_read_back_as_it_was_written()
    {
        var written = await ExistingCaseAsync();

        var read = await ReadCasesAsync(cases => cases.FindAsync(written.Id));

        Assert.NotNull(read);
        Assert.Equal(written.State.ToArray(), read.State.ToArray());
        Assert.Equal(written with { State = default }, read with { State = default });
    }

    [Fact]
    public async Task Another_tenant_does_not_see_the_case()
    {
        var written = await ExistingCaseAsync();

        Assert.Null(await ReadCasesAsync(cases => cases.FindAsync(written.Id), OtherTenant));
        Assert.Empty(await ReadCasesAsync(cases => cases.QueryAsync(new CaseQuery()), OtherTenant));
    }

    [Fact]
    public async Task Nothing_is_written_before_the_commit()
    {
        var @case = NewCase("uncommitted", Tenant);
        await PrepareTenantAsync(Tenant);
        await using (var scope = _store.Scopes.Open(Tenant))
            Get<IEngineUnitOfWork>(scope).Append(new CaseChanged(@case, 0));

        Assert.Null(await ReadCasesAsync(cases => cases.FindAsync(@case.Id)));
    }

    [Fact]
    public async Task A_cut_forgets_what_was_appended_after_the_mark()
    {
        var kept = NewCase("kept", Tenant);
        var cut = NewCase("cut", Tenant);
        await PrepareTenantAsync(Tenant);
        await using (var scope = _store.Scopes.Open(Tenant))
        {
            var work = Get<IEngineUnitOfWork>(scope);
            work.Append(new CaseChanged(kept, 0));
            var mark = work.Position;
            work.Append(new CaseChanged(cut, 0));
            work.CutBack(mark);
            Assert.Equal(mark, work.Position);
            await work.CommitAsync();
        }

        Assert.NotNull(await ReadCasesAsync(cases => cases.FindAsync(kept.Id)));
        Assert.Null(await ReadCasesAsync(cases => cases.FindAsync(cut.Id)));
    }

    [Fact]
    public async Task A_case_moved_by_somebody_else_first_is_not_overwritten_and_nothing_else_is_written()
    {
        var @case = await ExistingCaseAsync();
        await CommitAsync(new CaseChanged(@case with { Revision = 2, WaitingNodeId = "second" }, 1));

        await Assert.ThrowsAsync<RevisionConflictException>(() => CommitAsync(
            new BookmarkCreated(NewBookmark(@case, "late")),
            new CaseChanged(@case with { Revision = 2, WaitingNodeId = "late" }, 1)));

        Assert.Equal("second", (await ReadCasesAsync(cases => cases.FindAsync(@case.Id)))!.WaitingNodeId);
        Assert.Empty(await ReadCasesAsync(cases => cases.BookmarksAsync(@case.Id)));
    }

    [Fact]
    public async Task A_second_case_with_the_same_start_key_is_refused()
    {
        await ExistingCaseAsync("dunning:invoice-9");

        await Assert.ThrowsAsync<DuplicateStartException>(() => ExistingCaseAsync("dunning:invoice-9"));
    }

    [Fact]
    public async Task Two_tenants_may_use_the_same_start_key()
    {
        await ExistingCaseAsync("dunning:invoice-9");

        var other = await ExistingCaseAsync("dunning:invoice-9", OtherTenant);

        Assert.NotNull(await ReadCasesAsync(cases => cases.FindAsync(other.Id), OtherTenant));
    }

    [Fact]
    public async Task Bookmarks_are_read_back_until_they_are_burned()
    {
        var @case = await ExistingCaseAsync();
        var bookmark = NewBookmark(@case, "hash", Now.AddDays(1));
        await CommitAsync(new BookmarkCreated(bookmark));

        Assert.Equal(bookmark, Assert.Single(await ReadCasesAsync(cases => cases.BookmarksAsync(@case.Id))));

        await CommitAsync(new BookmarkBurned(@case.Id, bookmark.Id));
        Assert.Empty(await ReadCasesAsync(cases => cases.BookmarksAsync(@case.Id)));
    }

    [Fact]
    public async Task The_journal_is_read_in_the_order_of_revisions()
    {
        var @case = await ExistingCaseAsync();
        foreach (var revision in new[] { 2L, 1L })
        {
            await CommitAsync(new JournalWritten(new JournalEntry
            {
                Id = Guid.CreateVersion7(),
                TenantId = Tenant,
                CaseId = @case.Id,
                Revision = revision,
                At = Now,
                Cause = "Start",
                Steps = [new StepRecord { NodeId = "a", ActivityType = "Test.Step", ActivityInstanceId = "1", What = "Completed", Outcomes = ["Done"], Values = new Dictionary<string, string?> { ["amount"] = "\"12,50 €\"" }, Message = "Sent.", DurationMicroseconds = 12 }],
            }));
        }

        var journal = await ReadCasesAsync(cases => cases.JournalAsync(@case.Id));

        Assert.Equal([1L, 2L], journal.Select(entry => entry.Revision));
        Assert.Equal(1, (await ReadCasesAsync(cases => cases.FirstEntryAsync(@case.Id)))!.Revision);
        Assert.Equal(new Dictionary<string, int> { ["Start"] = 2 }, await ReadCasesAsync(cases => cases.JournalCausesAsync(@case.Id)));
        Assert.Null(await ReadCasesAsync(cases => cases.FirstEntryAsync(@case.Id), OtherTenant));
        Assert.Empty(await ReadCasesAsync(cases => cases.JournalCausesAsync(@case.Id), OtherTenant));
        var step = Assert.Single(journal[0].Steps);
        Assert.Equal(("a", "Completed", "Sent.", "\"12,50 €\"", "Done", 12L), (step.NodeId, step.What, step.Message, step.Values["amount"], step.Outcomes[0], step.DurationMicroseconds));
    }

    [Fact]
    public async Task Open_incidents_are_listed_newest_first_and_page_by_page_also_where_the_last_was_decided_meanwhile()
    {
        var @case = await ExistingCaseAsync();
        Incident[] incidents = [.. Enumerable.Range(0, 4).Select(minute => NewIncident(@case) with { At = Now.AddMinutes(minute / 2) })];
        await CommitAsync([.. incidents.Select(incident => new IncidentRaised(incident))]);
        Guid[] newestFirst = [.. incidents.OrderByDescending(incident => incident.At).ThenByDescending(incident => incident.Id).Select(incident => incident.Id)];

        var first = await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 2));
        await CommitAsync(new IncidentResolved(newestFirst[1], Now.AddHours(1), "Retried by Anna."));
        var rest = await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 10, newestFirst[1]));

        Assert.Equal(newestFirst[..2], first.Select(incident => incident.Id));
        Assert.Equal(newestFirst[2..], rest.Select(incident => incident.Id));
        Assert.Empty(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 10, Guid.NewGuid())));
    }

    [Fact]
    public async Task An_incident_is_open_until_it_is_resolved()
    {
        var @case = await ExistingCaseAsync();
        var incident = NewIncident(@case);
        await CommitAsync(new IncidentRaised(incident));

        Assert.Equal(incident, Assert.Single(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(@case.Id, 10))));
        Assert.Single(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 10)));
        Assert.Empty(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 10), OtherTenant));

        await CommitAsync(new IncidentResolved(incident.Id, Now.AddHours(1), "Retried by Anna."));

        Assert.Empty(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(@case.Id, 10)));
        await Assert.ThrowsAsync<RevisionConflictException>(() => CommitAsync(new IncidentResolved(incident.Id, Now.AddHours(2), "Skipped by Bert.")));
        Assert.Equal("Retried by Anna.", (await ReadCasesAsync(cases => cases.FindIncidentAsync(incident.Id)))!.Resolution);
    }

    [Fact]
    public async Task Open_incidents_of_a_cause_are_those_of_its_scenario_step_and_kind_oldest_first()
    {
        var (dunning, other) = (await ExistingCaseAsync("dunning:1"), NewCase("other:1", Tenant) with { DefinitionId = "other" });
        await CommitAsync(new CaseChanged(other, 0));
        var (late, early, decided) = (NewIncident(dunning) with { At = Now.AddHours(2) }, NewIncident(dunning), NewIncident(dunning));
        Incident[] others =
        [
            NewIncident(other), NewIncident(dunning) with { NodeId = "call" }, NewIncident(dunning) with { NodeId = null }, NewIncident(dunning) with { Kind = IncidentKind.Bug },
            NewIncident(dunning) with { Cause = "Refused" }, NewIncident(dunning) with { CaseId = null, DefinitionId = null },
        ];
        await CommitAsync([.. new[] { late, early, decided }.Concat(others).Select(incident => new IncidentRaised(incident)), new IncidentResolved(decided.Id, Now, "Retried.")]);

        var found = await ReadCasesAsync(cases => cases.OpenIncidentsOfCauseAsync(new IncidentCause("GatewayDown", IncidentKind.Outside, "dunning", "send", StopsCases: true), 10));

        Assert.Equal([early, late], found);
        var outside = await ReadCasesAsync(cases => cases.OpenIncidentsOfCauseAsync(new IncidentCause("GatewayDown", IncidentKind.Outside, null, "send", StopsCases: false), 10));
        Assert.Equal(others[^1], Assert.Single(outside));
        var first = await ReadCasesAsync(cases => cases.FirstOfCausesAsync([IncidentCause.Of(early), IncidentCause.Of(others[0]), IncidentCause.Of(others[^1])], 1));
        Assert.Equal(new[] { early, others[0], others[^1] }.OrderBy(incident => incident.Id), first.OrderBy(incident => incident.Id));
        Assert.Empty(await ReadCasesAsync(cases => cases.FirstOfCausesAsync([], 1)));
    }

    [Fact]
    public async Task What_needs_no_decision_any_more_is_closed_for_a_whole_case_or_one_by_one_and_what_was_decided_stays()
    {
        var (ending, going) = (await ExistingCaseAsync("ending"), await ExistingCaseAsync("going"));
        Incident[] incidents = [NewIncident(ending), NewIncident(ending), NewIncident(ending), NewIncident(going), NewIncident(going)];
        await CommitAsync([.. incidents.Select(incident => new IncidentRaised(incident)), new IncidentResolved(incidents[0].Id, Now, "Retried by Anna.")]);
        await CommitForAsync(OtherTenant, new IncidentsClosed(ending.Id, null, Now, "Not theirs."));

        await CommitAsync(new IncidentsClosed(ending.Id, null, Now.AddHours(1), "The case ended."), new IncidentsClosed(going.Id, incidents[3].Id, Now.AddHours(1), "The branch was cancelled."));
        await CommitAsync(new IncidentsClosed(ending.Id, incidents[1].Id, Now.AddHours(2), "Too late."));

        string[] resolutions = await Task.WhenAll(incidents.Select(async incident => (await ReadCasesAsync(cases => cases.FindIncidentAsync(incident.Id)))!.Resolution ?? "open"));
        Assert.Equal(["Retried by Anna.", "The case ended.", "The case ended.", "The branch was cancelled.", "open"], resolutions);
        Assert.Equal(incidents[4], Assert.Single(await ReadCasesAsync(cases => cases.OpenIncidentsAsync(null, 10))));
    }

    [Fact]
    public async Task Identities_are_found_as_cases_are_and_without_those_that_keep_a_clock()
    {
        var first = await ExistingCaseAsync("dunning:1");
        var clock = NewCase($"dunning{CaseRecord.ClockMark}start", Tenant) with { CreatedAt = Now.AddMinutes(1) };
        var second = NewCase("dunning:2", Tenant) with { CreatedAt = Now.AddMinutes(2) };
        await CommitAsync(new CaseChanged(clock, 0), new CaseChanged(second, 0));

        Assert.Equal([second.Id, clock.Id, first.Id], await ReadCasesAsync(cases => cases.QueryIdsAsync(new CaseQuery { DefinitionId = "dunning" })));
        Assert.Equal([first.Id], await ReadCasesAsync(cases => cases.QueryIdsAsync(new CaseQuery { DefinitionId = "dunning", ExceptClocks = true, Before = second.Id })));
        Assert.Empty(await ReadCasesAsync(cases => cases.QueryIdsAsync(new CaseQuery()), OtherTenant));
    }

    [Fact]
    public async Task Cases_are_found_by_scenario_object_customer_status_and_step_newest_first()
    {
        var first = await ExistingCaseAsync("dunning:1");
        var second = NewCase("dunning:2", Tenant) with { CreatedAt = Now.AddMinutes(1), WaitingNodeId = "call", CustomerKey = "customer:8" };
        var ended = NewCase("dunning:3", Tenant) with { CreatedAt = Now.AddMinutes(2), Status = CaseStatus.Finished, SubStatus = CaseSubStatus.Finished, WaitingNodeId = null, State = default, FinishedAt = Now.AddMinutes(3) };
        await CommitAsync(new CaseChanged(second, 0), new CaseChanged(ended, 0));

        async Task<Guid[]> Ids(CaseQuery query) => [.. (await ReadCasesAsync(cases => cases.QueryAsync(query))).Select(found => found.Id)];

        Assert.Equal([ended.Id, second.Id, first.Id], await Ids(new CaseQuery { DefinitionId = "dunning" }));
        Assert.Empty(await Ids(new CaseQuery { DefinitionId = "other" }));
        Assert.Equal([second.Id, first.Id], await Ids(new CaseQuery { Status = CaseStatus.Running }));
        Assert.Equal([second.Id], await Ids(new CaseQuery { WaitingNodeId = "call" }));
        Assert.Equal([second.Id], await Ids(new CaseQuery { CustomerKey = "customer:8" }));
        Assert.Equal([first.Id], await Ids(new CaseQuery { CorrelationId = "invoice:dunning:1" }));
        Assert.Equal([ended.Id, second.Id, first.Id], await Ids(new CaseQuery { References = ["F-2026-0001", "F-2026-0002"] }));
        Assert.Empty(await Ids(new CaseQuery { References = [] }));
        Assert.Equal([ended.Id, first.Id], await Ids(new CaseQuery { Ids = [first.Id, ended.Id, Guid.CreateVersion7()] }));
        Assert.Empty(await Ids(new CaseQuery { Ids = [] }));
        Assert.Equal([second.Id], await Ids(new CaseQuery { Before = ended.Id, Limit = 1 }));
    }

    [Fact]
    public async Task Running_cases_are_counted_and_found_by_the_version_they_run_on_without_those_that_keep_a_clock()
    {
        await ExistingCaseAsync("dunning:1");
        var second = NewCase("dunning:2", Tenant) with { Version = 2 };
        await CommitAsync(
            new CaseChanged(second, 0),
            new CaseChanged(NewCase("dunning:3", Tenant) with { Version = 2, DefinitionId = "other" }, 0),
            new CaseChanged(NewCase($"dunning{CaseRecord.ClockMark}v2:start", Tenant) with { Version = 2 }, 0),
            new CaseChanged(NewCase("dunning:5", Tenant) with { Version = 2, Status = CaseStatus.Finished, SubStatus = CaseSubStatus.Finished, State = default }, 0));
        await ExistingCaseAsync("dunning:6", OtherTenant);

        var counts = await ReadCasesAsync(cases => cases.RunningByVersionAsync("dunning"));

        Assert.Equal([(1, 1), (2, 1)], counts.OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        var found = await ReadCasesAsync(cases => cases.QueryAsync(new CaseQuery { DefinitionId = "dunning", Version = 2, Status = CaseStatus.Running }));
        Assert.Equal(second.Id, Assert.Single(found, one => !one.KeepsClock).Id);
    }

    [Fact]
    public async Task A_wait_that_is_burned_and_made_again_under_its_identity_is_hit_as_before()
    {
        var @case = await ExistingCaseAsync();
        var bookmark = NewBookmark(@case, StimulusHash.Of("Payment", "1"), Now.AddDays(1));
        await CommitAsync(new BookmarkCreated(bookmark));

        await CommitAsync(new BookmarkBurned(@case.Id, bookmark.Id), new BookmarkCreated(bookmark with { NodeId = "collect" }));

        Assert.Equal(bookmark with { NodeId = "collect" }, Assert.Single(await ReadCasesAsync(cases => cases.BookmarksAsync(@case.Id))));
        await CommitAsync(new StimulusRaised(Stimulus.For("Payment", "1")));
        Assert.Equal(bookmark.Id, Assert.Single(await TakeAllAsync()).BookmarkId);
        Assert.Equal(1, await _store.Queue.FireDueTimersAsync(Now.AddDays(2), 10));
    }

    [Fact]
    public async Task Waiting_cases_are_counted_by_step_and_method_each_case_once()
    {
        var first = await ExistingCaseAsync("dunning:1");
        var second = await ExistingCaseAsync("dunning:2");
        var newer = NewCase("dunning:3", Tenant) with { DefinitionVersionId = "dunning-v2" };
        await CommitAsync(new CaseChanged(newer, 0));
        await CommitAsync(
            new BookmarkCreated(NewBookmark(first, "paid-1")),
            new BookmarkCreated(NewBookmark(first, "paid-2")),
            new BookmarkCreated(NewBookmark(first, null, Now.AddDays(7)) with { Callback = "OnTimeLimit" }),
            new BookmarkCreated(NewBookmark(second, "paid-3")),
            new BookmarkCreated(NewBookmark(newer, "answer") with { NodeId = "ask", Callback = null }));
        await CommitForAsync(OtherTenant, new BookmarkCreated(NewBookmark(await ExistingCaseAsync("dunning:1", OtherTenant), "paid-1")));

        var places = await ReadCasesAsync(cases => cases.WaitingPlacesAsync());

        Assert.Equal([("dunning-v1", "wait", 2), ("dunning-v2", "ask", 1)], places.Select(place => (place.DefinitionVersionId, place.NodeId, place.Cases)));
        Assert.Equal([new WaitingCallback("OnPaid", 2), new WaitingCallback("OnTimeLimit", 1)], places[0].Callbacks);
        Assert.Empty(places[1].Callbacks);
    }
}
