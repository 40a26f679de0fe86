using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>The figures of the live page: sums and counts made by the database, over committed rows.</summary>
internal sealed class CollectionFiguresReader(CollectionsDb db) : ICollectionFigures
{
    public async ValueTask<CollectionFigures> AtAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var merchant = await db.Set<Merchant>().AsNoTracking().FirstOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"There is no merchant {db.BoundMerchantId}.");
        var days = LocalDays.Of(merchant.TimeZone, now);
        var debts = await DebtsAsync(merchant.Currency, days.Today, cancellationToken);
        var collected = await CollectedByDay.ReadAsync(db, merchant.Currency, days, cancellationToken);
        var sales = await SalesReader.UntilAsync(db, merchant.Currency, days.Today, cancellationToken);
        var overdue = debts.Bands.Sum(band => band.AmountMinor);
        var credit = await db.Set<LedgerLineRow>()
            .Where(line => line.Account == LedgerAccount.CustomerCredit && line.Currency == merchant.Currency)
            .SumAsync(line => line.AmountMinor, cancellationToken);
        var transfers = await db.Set<IncomingTransfer>().GroupBy(transfer => transfer.Status)
            .Select(status => new { status.Key, Count = status.Count() })
            .ToListAsync(cancellationToken);
        return new CollectionFigures
        {
            At = now,
            Currency = merchant.Currency,
            CollectedTodayMinor = collected[^1].AmountMinor,
            OutstandingMinor = debts.OpenMinor,
            OverdueMinor = overdue,
            CustomerCreditMinor = -credit,
            OpenInvoices = debts.OpenInvoices,
            OverdueInvoices = debts.Bands.Sum(band => band.Invoices),
            OpenTasks = await db.Set<WorkTask>().CountAsync(task => task.Status == WorkTaskStatus.Open, cancellationToken),
            OpenIncidents = await db.Set<Incident>().CountAsync(incident => incident.ResolvedAt == null, cancellationToken),
            PayoutsToSign = await db.Set<Payout>().CountAsync(payout => payout.State == PayoutState.AwaitingApproval, cancellationToken),
            RunningCases = await db.Set<CaseRecord>().CountAsync(row => row.Status == CaseStatus.Running, cancellationToken),
            TransfersReceived = transfers.Sum(status => status.Count),
            TransfersIdentified = transfers.Where(status => status.Key == TransferStatus.Matched).Sum(status => status.Count),
            OverdueByAge = debts.Bands,
            Dso = sales.FiguresOf(days.Today, debts.OpenMinor, overdue),
            CollectedByDay = collected,
        };
    }

    private async Task<(long OpenMinor, int OpenInvoices, IReadOnlyList<AgeBand> Bands)> DebtsAsync(string currency, DateOnly today, CancellationToken cancellationToken)
    {
        var (month, twoMonths, threeMonths) = (today.AddDays(-30), today.AddDays(-60), today.AddDays(-90));
        var sums = await db.Set<Invoice>()
            .Where(invoice => invoice.Open.AmountMinor > 0 && invoice.Open.Currency == currency
                && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid))
            .Select(invoice => new
            {
                invoice.Open.AmountMinor,
                Band = invoice.DueDate >= today ? 0 : invoice.DueDate >= month ? 1 : invoice.DueDate >= twoMonths ? 2 : invoice.DueDate >= threeMonths ? 3 : 4,
            })
            .GroupBy(invoice => invoice.Band)
            .Select(band => new { Band = band.Key, Sum = band.Sum(invoice => invoice.AmountMinor), Invoices = band.Count() })
            .ToListAsync(cancellationToken);
        AgeBand Band(int number, int from, int? to) => sums.Find(sum => sum.Band == number) is { } found
            ? new AgeBand(from, to, found.Sum, found.Invoices)
            : new AgeBand(from, to, 0, 0);
        return (sums.Sum(sum => sum.Sum), sums.Sum(sum => sum.Invoices), [Band(1, 1, 30), Band(2, 31, 60), Band(3, 61, 90), Band(4, 91, null)]);
    }
}
