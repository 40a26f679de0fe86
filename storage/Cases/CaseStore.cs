using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Cases;

/// <summary>Reads of one merchant's cases: the committed rows.</summary>
internal sealed class CaseStore(Lazy<CollectionsDb> context, Database database, MerchantBinding merchant) : ICaseStore
{
    private const int MostListed = 500;

    private CollectionsDb Db => context.Value;

    public ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default) => CaseRow.FindAsync(database, merchant, caseId, cancellationToken);

    public async ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await Db.Set<Bookmark>().AsNoTracking().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await Db.Set<JournalEntry>().AsNoTracking().Where(row => row.CaseId == caseId).OrderBy(row => row.Revision).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    public async ValueTask<JournalEntry?> FirstEntryAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await Db.Set<JournalEntry>().AsNoTracking().Where(row => row.CaseId == caseId).OrderBy(row => row.Revision).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    public async ValueTask<IReadOnlyDictionary<string, int>> JournalCausesAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await Db.Set<JournalEntry>().Where(row => row.CaseId == caseId)
            .GroupBy(row => row.Cause).Select(entries => new { entries.Key, Count = entries.Count() })
            .ToDictionaryAsync(entries => entries.Key, entries => entries.Count, cancellationToken);

    public async ValueTask<Incident?> FindIncidentAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        await Db.Set<Incident>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == incidentId, cancellationToken);

    public async ValueTask<IReadOnlyList<Incident>> OpenIncidentsAsync(Guid? caseId, int limit, Guid? after = null, CancellationToken cancellationToken = default)
    {
        var open = Db.Set<Incident>().AsNoTracking().Where(row => row.ResolvedAt == null);
        if (caseId is { } ofCase)
        {
            open = open.Where(row => row.CaseId == ofCase);
        }

        if (after is { } last)
        {
            // Where somebody has decided it meanwhile, it is still there to count from.
            var at = await Db.Set<Incident>().Where(row => row.Id == last).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancellationToken);
            open = open.Where(row => row.At < at || (row.At == at && row.Id < last));
        }

        return await open.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Math.Clamp(limit, 1, MostListed)).ToListAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Incident>> OpenIncidentsOfCauseAsync(IncidentCause cause, int limit, CancellationToken cancellationToken = default) =>
        await OfCause(cause, limit).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<Incident>> FirstOfCausesAsync(IReadOnlyCollection<IncidentCause> causes, int ofEach, CancellationToken cancellationToken = default) =>
        causes.Count == 0
            ? []
            : await causes.Select(cause => OfCause(cause, ofEach)).Aggregate((one, other) => one.Concat(other)).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<CaseRecord>> QueryAsync(CaseQuery query, CancellationToken cancellationToken = default) =>
        await PageAsync(query, cancellationToken) is { } page ? await page.ToListAsync(cancellationToken) : [];

    public async ValueTask<IReadOnlyList<Guid>> QueryIdsAsync(CaseQuery query, CancellationToken cancellationToken = default) =>
        await PageAsync(query, cancellationToken) is { } page ? await page.Select(row => row.Id).ToListAsync(cancellationToken) : [];

    private async ValueTask<IQueryable<CaseRecord>?> PageAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        var cases = Fitting(query);
        if (query.Before is { } before)
        {
            // A case's identity may come from its start key, and so says nothing about its age.
            var last = await Db.Set<CaseRecord>().Where(row => row.Id == before).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            if (last is not { } createdAt)
            {
                return null;
            }

            cases = cases.Where(row => row.CreatedAt < createdAt || (row.CreatedAt == createdAt && row.Id < before));
        }

        return cases.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Math.Clamp(query.Limit, 1, MostListed));
    }

    public async ValueTask<IReadOnlyDictionary<int, int>> RunningByVersionAsync(string definitionId, CancellationToken cancellationToken = default) =>
        await Db.Set<CaseRecord>().Where(row => row.DefinitionId == definitionId && row.Status == CaseStatus.Running && !row.StartKey.StartsWith(row.DefinitionId + CaseRecord.ClockMark))
            .GroupBy(row => row.Version).Select(cases => new { cases.Key, Count = cases.Count() })
            .ToDictionaryAsync(cases => cases.Key, cases => cases.Count, cancellationToken);

    public async ValueTask<IReadOnlyList<WaitingPlace>> WaitingPlacesAsync(CancellationToken cancellationToken = default)
    {
        var waits = from wait in Db.Set<Bookmark>()
                    join row in Db.Set<CaseRecord>() on new { wait.TenantId, Id = wait.CaseId } equals new { row.TenantId, row.Id }
                    select new { row.DefinitionVersionId, wait.NodeId, wait.Callback, wait.CaseId };
        var places = await waits.GroupBy(wait => new { wait.DefinitionVersionId, wait.NodeId })
            .Select(place => new { place.Key.DefinitionVersionId, place.Key.NodeId, Cases = place.Select(wait => wait.CaseId).Distinct().Count() }).ToListAsync(cancellationToken);
        var callbacks = await waits.Where(wait => wait.Callback != null).GroupBy(wait => new { wait.DefinitionVersionId, wait.NodeId, wait.Callback })
            .Select(place => new { place.Key.DefinitionVersionId, place.Key.NodeId, Name = place.Key.Callback!, Cases = place.Select(wait => wait.CaseId).Distinct().Count() }).ToListAsync(cancellationToken);
        // Sorted here: databases do not agree on the order of texts.
        var byPlace = callbacks.ToLookup(callback => (callback.DefinitionVersionId, callback.NodeId), callback => new WaitingCallback(callback.Name, callback.Cases));
        return
        [
            .. places.OrderBy(place => place.DefinitionVersionId, StringComparer.Ordinal).ThenBy(place => place.NodeId, StringComparer.Ordinal)
                .Select(place => new WaitingPlace(place.DefinitionVersionId, place.NodeId, place.Cases, [.. byPlace[(place.DefinitionVersionId, place.NodeId)].OrderBy(callback => callback.Name, StringComparer.Ordinal)])),
        ];
    }

    private IQueryable<Incident> OfCause(IncidentCause cause, int limit) =>
        Db.Set<Incident>().AsNoTracking()
            .Where(row => row.ResolvedAt == null && row.Cause == cause.Cause && row.Kind == cause.Kind && row.DefinitionId == cause.DefinitionId && row.NodeId == cause.NodeId && row.CaseId != null == cause.StopsCases)
            .OrderBy(row => row.At).ThenBy(row => row.Id).Take(limit);

    private IQueryable<CaseRecord> Fitting(CaseQuery query)
    {
        var cases = Db.Set<CaseRecord>().AsNoTracking();
        if (query.DefinitionId is { } definitionId)
        {
            cases = cases.Where(row => row.DefinitionId == definitionId);
        }

        if (query.Version is { } version)
        {
            cases = cases.Where(row => row.Version == version);
        }

        if (query.Ids is { } ids)
        {
            cases = cases.Where(row => ids.Contains(row.Id));
        }

        if (query.CorrelationId is { } correlationId)
        {
            cases = cases.Where(row => row.CorrelationId == correlationId);
        }

        if (query.References is { } references)
        {
            cases = cases.Where(row => references.Contains(row.Reference!));
        }

        if (query.CustomerKey is { } customerKey)
        {
            cases = cases.Where(row => row.CustomerKey == customerKey);
        }

        if (query.Status is { } status)
        {
            cases = cases.Where(row => row.Status == status);
        }

        if (query.ExceptClocks)
        {
            cases = cases.Where(row => !row.StartKey.StartsWith(row.DefinitionId + CaseRecord.ClockMark));
        }

        if (query.WaitingNodeId is { } nodeId)
        {
            cases = cases.Where(row => row.WaitingNodeId == nodeId);
        }

        return cases;
    }
}
