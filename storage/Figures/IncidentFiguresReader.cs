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
    public async ValueTask<IReadOnlyList<CauseFigures>> CausesAsync(CancellationToken cancellationToken = default)
    {
        var counts = await (
            from incident in db.Set<Incident>()
            where incident.ResolvedAt == null
            group incident.At by new { incident.Cause, incident.Kind, incident.DefinitionId, incident.NodeId, StopsCases = incident.CaseId != null } into same
            select new { same.Key, Count = same.Count(), Oldest = same.Min() }).ToListAsync(cancellationToken);
        var owed = await OwedAsync(cancellationToken);
        return
        [
            .. counts.Select(count => new CauseFigures(
                    count.Key.Cause, count.Key.DefinitionId, count.Key.NodeId, count.Key.Kind.ToString(), count.Key.StopsCases, count.Count,
                    owed.GetValueOrDefault(new IncidentCause(count.Key.Cause, count.Key.Kind, count.Key.DefinitionId, count.Key.NodeId, count.Key.StopsCases)), count.Oldest))
                .OrderByDescending(cause => cause.Incidents).ThenBy(cause => cause.Oldest),
        ];
    }

    // An invoice may stand behind several incidents of a cause: what it owes counts once.
    private async Task<Dictionary<IncidentCause, long>> OwedAsync(CancellationToken cancellationToken)
    {
        var currency = await db.Set<Merchant>().Select(merchant => merchant.Currency).FirstAsync(cancellationToken);
        var invoices = (
            from incident in db.Set<Incident>()
            where incident.ResolvedAt == null
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
