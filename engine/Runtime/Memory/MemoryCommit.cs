namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>Applies the changes of a unit of work: all checks first, so that a refused commit changes nothing.</summary>
internal sealed class MemoryCommit(MemoryData data, Guid tenantId, DateTimeOffset now, int maxCasesPerStimulus)
{
    private HashSet<Guid> _ended = [];
    private int _newWork;

    /// <summary>Applies the changes; answers whether they left work to do.</summary>
    public bool Apply(IReadOnlyList<EngineChange> changes)
    {
        foreach (var change in changes)
            Check(change);
        _ended = BookmarkBurned.LeftBy(changes);
        foreach (var change in changes)
            Write(change);
        return _newWork > 0;
    }

    private void Check(EngineChange change)
    {
        switch (change)
        {
            case CaseChanged { ExpectedRevision: 0 } insert when data.Cases.ContainsKey(insert.Case.Id) || data.CasesByStartKey.ContainsKey((tenantId, insert.Case.StartKey)):
                throw new DuplicateStartException($"A case started by \"{insert.Case.StartKey}\" exists already.");
            case CaseChanged { ExpectedRevision: > 0 } update when !data.Cases.TryGetValue(update.Case.Id, out var stored) || stored.TenantId != tenantId || stored.Revision != update.ExpectedRevision:
                throw new RevisionConflictException($"The case {update.Case.Id} is not at revision {update.ExpectedRevision} any more.");
            case WorkCompleted done when !data.Work.Holds(done.WorkItemId, done.LeaseToken):
                throw new LeaseLostException($"The work item {done.WorkItemId} is held by somebody else.");
            case IncidentResolved resolved when data.Incidents.GetValueOrDefault(resolved.IncidentId)?.ResolvedAt is not null:
                throw new RevisionConflictException($"The incident {resolved.IncidentId} was decided already.");
            case ScenarioVersionSaved saved when (data.Versions.GetValueOrDefault((tenantId, saved.Version.Id))?.Revision ?? 0) != saved.ExpectedRevision:
                throw new RevisionConflictException($"The scenario version {saved.Version.Id} is not at revision {saved.ExpectedRevision} any more.");
        }
    }

    private void Write(EngineChange change)
    {
        switch (change)
        {
            case CaseChanged moved:
                data.Cases[moved.Case.Id] = moved.Case;
                data.CasesByStartKey[(tenantId, moved.Case.StartKey)] = moved.Case.Id;
                break;
            case BookmarkCreated created:
                Create(created.Bookmark);
                break;
            case BookmarkBurned burned:
                Burn(burned.BookmarkId);
                break;
            case WorkEnqueued work:
                Enqueue(work.Item);
                break;
            case WorkCompleted done:
                data.Work.Remove(done.WorkItemId);
                break;
            case StimulusRaised raised:
                Raise(raised.Stimulus);
                break;
            case JournalWritten written:
                ListOf(data.Journal, written.Entry.CaseId).Add(written.Entry);
                break;
            case IncidentRaised raised:
                data.Incidents[raised.Incident.Id] = raised.Incident;
                break;
            case IncidentResolved resolved when data.Incidents.TryGetValue(resolved.IncidentId, out var incident):
                data.Incidents[incident.Id] = incident with { ResolvedAt = resolved.At, Resolution = resolved.Resolution };
                break;
            case IncidentsClosed closed:
                Close(closed);
                break;
            case ScenarioVersionSaved saved:
                data.Versions[(tenantId, saved.Version.Id)] = saved.Version;
                break;
            case TriggersIndexed indexed:
                data.Triggers[(tenantId, indexed.DefinitionId)] = indexed.Triggers;
                break;
        }
    }

    private void Create(Bookmark bookmark)
    {
        data.Bookmarks.Add(bookmark.Id, bookmark);
        ListOf(data.BookmarksByCase, bookmark.CaseId).Add(bookmark.Id);
        if (bookmark.DueAt is { } dueAt)
            data.Timers.Enqueue(bookmark.Id, dueAt);

        // A wait that ends in the very commit that begins it takes nothing away from those that stand.
        if (bookmark.Hash is not { } hash || _ended.Contains(bookmark.Id))
            return;
        ListOf(data.BookmarksByHash, (tenantId, hash)).Add(bookmark.Id);
        if (!data.EarlyStimuli.TryGetValue((tenantId, hash), out var early))
            return;
        Enqueue(StimulusRouting.Resume(early.Dequeue(), bookmark, now));
        if (early.Count == 0)
            data.EarlyStimuli.Remove((tenantId, hash));
    }

    private void Burn(Guid bookmarkId)
    {
        if (!data.Bookmarks.Remove(bookmarkId, out var bookmark))
            return;
        RemoveFrom(data.BookmarksByCase, bookmark.CaseId, bookmarkId);
        if (bookmark.Hash is { } hash)
            RemoveFrom(data.BookmarksByHash, (tenantId, hash), bookmarkId);
    }

    private void Close(IncidentsClosed closed)
    {
        var open = data.Incidents.Values.Where(incident => incident.TenantId == tenantId && incident.CaseId == closed.CaseId && incident.ResolvedAt is null && (closed.IncidentId is null || closed.IncidentId == incident.Id));
        foreach (var incident in open.ToArray())
            data.Incidents[incident.Id] = incident with { ResolvedAt = closed.At, Resolution = closed.Resolution };
    }

    private void Raise(Stimulus stimulus)
    {
        var waits = data.BookmarksByHash.GetValueOrDefault((tenantId, stimulus.Hash)) ?? [];
        var items = waits.Select(bookmarkId => StimulusRouting.Resume(stimulus, data.Bookmarks[bookmarkId], now)).Where(item => !data.Work.Has(item)).ToList();
        var found = items.Count > 0;
        foreach (var ((owner, definitionId), triggers) in data.Triggers)
        {
            if (owner != tenantId || (stimulus.OnlyDefinitionId is { } only && only != definitionId))
                continue;
            foreach (var trigger in triggers.Where(trigger => trigger.Hash == stimulus.Hash))
            {
                found = true;
                var start = StimulusRouting.Start(tenantId, stimulus, trigger, definitionId, now);
                if (!data.CasesByStartKey.ContainsKey((tenantId, start.StartKey!)))
                    items.Add(start);
            }
        }

        foreach (var item in StimulusPortions.Of(stimulus, items, maxCasesPerStimulus, now))
            Enqueue(item);
        if (found || !stimulus.KeepForLaterWait)
            return;
        if (!data.EarlyStimuli.TryGetValue((tenantId, stimulus.Hash), out var early))
            data.EarlyStimuli[(tenantId, stimulus.Hash)] = early = new Queue<Stimulus>();
        early.Enqueue(stimulus);
    }

    private bool Enqueue(WorkItem item)
    {
        if (!data.Work.TryAdd(item))
            return false;
        _newWork++;
        return true;
    }

    private static List<TItem> ListOf<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey key) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        return list;
    }

    private static void RemoveFrom<TKey>(Dictionary<TKey, List<Guid>> lists, TKey key, Guid item) where TKey : notnull
    {
        if (lists.TryGetValue(key, out var list) && list.Remove(item) && list.Count == 0)
            lists.Remove(key);
    }
}
