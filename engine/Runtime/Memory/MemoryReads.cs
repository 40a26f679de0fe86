using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>Reads of one tenant's rows.</summary>
internal sealed class MemoryReads(MemoryEngineStore store, Guid tenantId) : ICaseStore, IScenarioStore
{
    public ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        new(store.Read(data => data.Cases.GetValueOrDefault(caseId) is { } found && found.TenantId == tenantId ? found : null));

    public ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<Bookmark>>(data => [.. (data.BookmarksByCase.GetValueOrDefault(caseId) ?? []).Select(id => data.Bookmarks[id]).Where(bookmark => bookmark.TenantId == tenantId)]));

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<JournalEntry>>(data => [.. (data.Journal.GetValueOrDefault(caseId) ?? []).Where(entry => entry.TenantId == tenantId).OrderBy(entry => entry.Revision)]));

    public async ValueTask<JournalEntry?> FirstEntryAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await JournalAsync(caseId, cancellationToken) is [var first, ..] ? first : null;

    public async ValueTask<IReadOnlyDictionary<string, int>> JournalCausesAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        (await JournalAsync(caseId, cancellationToken)).CountBy(entry => entry.Cause).ToDictionary();

    public ValueTask<Incident?> FindIncidentAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        new(store.Read(data => data.Incidents.GetValueOrDefault(incidentId) is { } found && found.TenantId == tenantId ? found : null));

    public ValueTask<IReadOnlyList<Incident>> OpenIncidentsAsync(Guid? caseId, int limit, Guid? after = null, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<Incident>>(data =>
        {
            var own = data.Incidents.Values.Where(incident => incident.TenantId == tenantId);
            var last = after is { } id ? own.FirstOrDefault(incident => incident.Id == id) : null;
            if (after is not null && last is null)
                return [];
            return
            [
                .. own.Where(incident => incident.ResolvedAt is null && (caseId is null || incident.CaseId == caseId) && (last is null || (incident.At, incident.Id).CompareTo((last.At, last.Id)) < 0))
                    .OrderByDescending(incident => incident.At).ThenByDescending(incident => incident.Id)
                    .Take(limit),
            ];
        }));

    public ValueTask<IReadOnlyList<Incident>> OpenIncidentsOfCauseAsync(IncidentCause cause, int limit, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<Incident>>(data =>
        [
            .. data.Incidents.Values
                .Where(incident => incident.TenantId == tenantId && incident.ResolvedAt is null && IncidentCause.Of(incident) == cause)
                .OrderBy(incident => incident.At).ThenBy(incident => incident.Id)
                .Take(limit),
        ]));

    public async ValueTask<IReadOnlyList<Incident>> FirstOfCausesAsync(IReadOnlyCollection<IncidentCause> causes, int ofEach, CancellationToken cancellationToken = default)
    {
        var found = new List<Incident>();
        foreach (var cause in causes)
            found.AddRange(await OpenIncidentsOfCauseAsync(cause, ofEach, cancellationToken));
        return found;
    }

    public ValueTask<IReadOnlyList<CaseRecord>> QueryAsync(CaseQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(store.Read<IReadOnlyList<CaseRecord>>(data =>
        {
            var before = query.Before is { } id ? data.Cases.GetValueOrDefault(id) : null;
            return
            [
                .. data.Cases.Values
                    .Where(found => found.TenantId == tenantId
                        && (query.DefinitionId is null || found.DefinitionId == query.DefinitionId)
                        && (query.Version is null || found.Version == query.Version)
                        && (query.Ids is null || query.Ids.Contains(found.Id))
                        && (query.CorrelationId is null || found.CorrelationId == query.CorrelationId)
                        && (query.References is null || (found.Reference is not null && query.References.Contains(found.Reference)))
                        && (query.CustomerKey is null || found.CustomerKey == query.CustomerKey)
                        && (query.Status is null || found.Status == query.Status)
                        && (!query.ExceptClocks || !found.KeepsClock)
                        && (query.WaitingNodeId is null || found.WaitingNodeId == query.WaitingNodeId)
                        && (before is null || (found.CreatedAt, found.Id).CompareTo((before.CreatedAt, before.Id)) < 0))
                    .OrderByDescending(found => found.CreatedAt).ThenByDescending(found => found.Id)
                    .Take(Math.Clamp(query.Limit, 1, 500)),
            ];
        }));
    }

    public async ValueTask<IReadOnlyList<Guid>> QueryIdsAsync(CaseQuery query, CancellationToken cancellationToken = default) =>
        [.. (await QueryAsync(query, cancellationToken)).Select(found => found.Id)];

    public ValueTask<IReadOnlyDictionary<int, int>> RunningByVersionAsync(string definitionId, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyDictionary<int, int>>(data => data.Cases.Values
            .Where(found => found.TenantId == tenantId && found.DefinitionId == definitionId && found.Status == CaseStatus.Running && !found.KeepsClock)
            .GroupBy(found => found.Version)
            .ToDictionary(cases => cases.Key, cases => cases.Count())));

    public ValueTask<IReadOnlyList<WaitingPlace>> WaitingPlacesAsync(CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<WaitingPlace>>(data =>
        [
            .. data.Bookmarks.Values.Where(bookmark => bookmark.TenantId == tenantId && data.Cases.ContainsKey(bookmark.CaseId))
                .GroupBy(bookmark => (data.Cases[bookmark.CaseId].DefinitionVersionId, bookmark.NodeId))
                .OrderBy(place => place.Key.DefinitionVersionId, StringComparer.Ordinal).ThenBy(place => place.Key.NodeId, StringComparer.Ordinal)
                .Select(place => new WaitingPlace(place.Key.DefinitionVersionId, place.Key.NodeId, CasesOf(place),
                [
                    .. place.Where(bookmark => bookmark.Callback is not null).GroupBy(bookmark => bookmark.Callback!)
                        .OrderBy(waits => waits.Key, StringComparer.Ordinal).Select(waits => new WaitingCallback(waits.Key, CasesOf(waits))),
                ])),
        ]));

    public ValueTask<IReadOnlyList<ScenarioVersion>> LatestAsync(CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<ScenarioVersion>>(data => [.. Versions(data).Where(version => version.IsLatest).OrderBy(version => version.Name, StringComparer.Ordinal)]));

    public ValueTask<IReadOnlyList<ScenarioVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default) =>
        new(store.Read<IReadOnlyList<ScenarioVersion>>(data => [.. Versions(data).Where(version => version.DefinitionId == definitionId).OrderByDescending(version => version.Version)]));

    public ValueTask<ScenarioVersion?> FindVersionAsync(string versionId, CancellationToken cancellationToken = default) =>
        new(store.Read(data => data.Versions.GetValueOrDefault((tenantId, versionId))));

    public ValueTask<ScenarioVersion?> PublishedAsync(string definitionId, CancellationToken cancellationToken = default) =>
        new(store.Read(data => Versions(data).FirstOrDefault(version => version.DefinitionId == definitionId && version.IsPublished)));

    private static int CasesOf(IEnumerable<Bookmark> waits) => waits.Select(bookmark => bookmark.CaseId).Distinct().Count();

    private IEnumerable<ScenarioVersion> Versions(MemoryData data) => data.Versions.Values.Where(version => version.TenantId == tenantId);
}
