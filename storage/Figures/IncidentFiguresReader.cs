using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>Open incidents beside their cases and invoices, summed by the database over committed rows.</summary>
internal sealed class IncidentFiguresReader(CollectionsDb db) : IIncidentFigures
{
    public async ValueTask<IReadOnlyList<CauseFigures>> CausesAsync(CausePlace? after, int limit, CancellationToken cancellationToken = default)
    {
        var causes =
            from incident in db.Set<Incident>()
            where incident.ResolvedAt == null
            group incident.At by new { incident.Cause, incident.Kind, incident.DefinitionId, incident.NodeId, StopsCases = incident.CaseId != null } into same
            select new
            {
                same.Key,
                Count = same.Count(),
                Oldest = same.Min(),
                Name = (same.Key.DefinitionId ?? "") + "/" + (same.Key.NodeId ?? "") + "/" + same.Key.Kind.ToString() + "/" + same.Key.Cause,
            };
        if (after is not null)
        {
            // Compared by the database, in whose order they are.
#pragma warning disable CA1309
            causes = causes.Where(cause => cause.Count < after.Incidents
                || (cause.Count == after.Incidents && (cause.Oldest > after.Oldest || (cause.Oldest == after.Oldest && string.Compare(cause.Name, after.Name) > 0))));
#pragma warning restore CA1309
        }

        var page = await causes.OrderByDescending(cause => cause.Count).ThenBy(cause => cause.Oldest).ThenBy(cause => cause.Name).Take(limit).ToListAsync(cancellationToken);
        var owed = await OwedAsync([.. page.Select(cause => cause.Key.Cause).Distinct()], cancellationToken);
        return
        [
            .. page.Select(cause => new CauseFigures(
                cause.Key.Cause, cause.Key.DefinitionId, cause.Key.NodeId, cause.Key.Kind.ToString(), cause.Key.StopsCases, cause.Count,
                owed.GetValueOrDefault(new IncidentCause(cause.Key.Cause, cause.Key.Kind, cause.Key.DefinitionId, cause.Key.NodeId, cause.Key.StopsCases)), cause.Oldest)),
        ];
    }

    // An invoice may stand behind several incidents of a cause: what it owes counts once.
    private async Task<Dictionary<IncidentCause, long>> OwedAsync(string[] causes, CancellationToken cancellationToken)
    {
        var currency = await db.Set<Merchant>().Select(merchant => merchant.Currency).FirstAsync(cancellationToken);
        var invoices = (
            from incident in db.Set<Incident>()
            where incident.ResolvedAt == null && causes.Contains(incident.Cause)
            join one in db.Set<CaseRecord>() on incident.CaseId equals (Guid?)one.Id
            join invoice in db.Set<Invoice>() on one.Reference equals invoice.Number
            where invoice.Open.Currency == currency
            select new { incident.Cause, incident.Kind, incident.DefinitionId, incident.NodeId, invoice.Id, invoice.Open.AmountMinor }).Distinct();
        var sums = await (
            from invoice in invoices
            group invoice.AmountMinor by new { invoice.Cause, invoice.Kind, invoice.DefinitionId, invoice.NodeId } into same
            select new { same.Key, Minor = same.Sum() }).ToListAsync(cancellationToken);
        return sums.ToDictionary(sum => new IncidentCause(sum.Key.Cause, sum.Key.Kind, sum.Key.DefinitionId, sum.Key.NodeId, StopsCases: true), sum => sum.Minor);
    }
}
