using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>
/// Cases beside their invoices, summed by the database over committed rows. A case of an invoice carries the invoice's
/// number as its reference, and a number is unique in a merchant: that is what the two are joined by.
/// </summary>
internal sealed class ScenarioFiguresReader(CollectionsDb db) : IScenarioFigures
{
    public async ValueTask<IReadOnlyList<ScenarioFigures>> AllAsync(CancellationToken cancellationToken = default)
    {
        var currency = await CurrencyAsync(cancellationToken);
        var sums = await (
            from row in db.Set<CaseRecord>()
            join invoice in db.Set<Invoice>() on row.Reference equals invoice.Number into invoices
            from invoice in invoices.DefaultIfEmpty()
            group new
            {
                Running = row.Status == CaseStatus.Running ? 1 : 0,
                Open = row.Status == CaseStatus.Running && invoice != null && invoice.Open.Currency == currency ? invoice.Open.AmountMinor : 0,
                Claimed = invoice != null && invoice.Amount.Currency == currency && invoice.Status != InvoiceStatus.Cancelled ? invoice.Amount.AmountMinor : 0,
                Owed = invoice != null && invoice.Amount.Currency == currency && invoice.Status != InvoiceStatus.Cancelled ? invoice.Open.AmountMinor : 0,
            }
            by row.DefinitionId into scenario
            select new
            {
                scenario.Key,
                Running = scenario.Sum(one => one.Running),
                Open = scenario.Sum(one => one.Open),
                Claimed = scenario.Sum(one => one.Claimed),
                Owed = scenario.Sum(one => one.Owed),
            }).ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new ScenarioFigures(sum.Key, sum.Running, sum.Open, sum.Claimed, sum.Claimed - sum.Owed))];
    }

    public async ValueTask<IReadOnlyList<WaitingFigures>> WaitingAsync(string scenarioId, CancellationToken cancellationToken = default)
    {
        var currency = await CurrencyAsync(cancellationToken);
        var sums = await (
            from row in db.Set<CaseRecord>()
            where row.DefinitionId == scenarioId && row.Status == CaseStatus.Running && row.WaitingNodeId != null
            join invoice in db.Set<Invoice>() on row.Reference equals invoice.Number into invoices
            from invoice in invoices.DefaultIfEmpty()
            group invoice != null && invoice.Open.Currency == currency ? invoice.Open.AmountMinor : 0 by row.WaitingNodeId into step
            select new { step.Key, Cases = step.Count(), Open = step.Sum() }).ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new WaitingFigures(sum.Key!, sum.Cases, sum.Open))];
    }

    private Task<string> CurrencyAsync(CancellationToken cancellationToken) =>
        db.Set<Merchant>().Select(merchant => merchant.Currency).FirstAsync(cancellationToken);
}
