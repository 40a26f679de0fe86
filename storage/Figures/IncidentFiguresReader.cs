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
        var currency = await db.Set<Merchant>().Select(merchant => merchant.Currency).FirstAsync(cancellationToken);
        var sums = await (
            from incident in db.Set<Incident>()
            where incident.ResolvedAt == null
            join one in db.Set<CaseRecord>() on incident.CaseId equals (Guid?)one.Id into cases
            from one in cases.DefaultIfEmpty()
            join invoice in db.Set<Invoice>() on one.Reference equals invoice.Number into invoices
            from invoice in invoices.DefaultIfEmpty()
            group new { incident.At, Open = invoice != null && invoice.Open.Currency == currency ? invoice.Open.AmountMinor : 0 }
            by new { incident.Cause, incident.NodeId, incident.Kind, StopsCases = incident.CaseId != null } into same
            select new { same.Key, Count = same.Count(), Open = same.Sum(each => each.Open), Oldest = same.Min(each => each.At) }).ToListAsync(cancellationToken);
        return
        [
            .. sums.Select(sum => new CauseFigures(sum.Key.Cause, sum.Key.NodeId, sum.Key.Kind.ToString(), sum.Key.StopsCases, sum.Count, sum.Open, sum.Oldest))
                .OrderByDescending(cause => cause.Incidents).ThenBy(cause => cause.Oldest),
        ];
    }
}
