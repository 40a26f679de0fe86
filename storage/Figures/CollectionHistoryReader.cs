using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Transfers;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>
/// The last seven days, from committed rows: what is owed now, and back from it by what the books moved since each midnight. Sums by
/// day and due date, made by the database.
/// </summary>
internal sealed class CollectionHistoryReader(CollectionsDb db) : ICollectionHistory
{
    public async ValueTask<IReadOnlyList<DayFigures>> WeekAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var merchant = await MerchantAsync(cancellationToken);
        var days = LocalDays.Of(merchant.TimeZone, now);
        var collected = await CollectedByDay.ReadAsync(db, merchant.Currency, days, cancellationToken);
        var owed = await OwedByDueDayAsync(merchant.Currency, days, cancellationToken);
        var moved = await MovedAsync(merchant.Currency, days, cancellationToken);
        var transfers = await TransfersAsync(days, cancellationToken);
        var sales = await SalesReader.UntilAsync(db, merchant.Currency, days.Today, cancellationToken);
        return [.. Enumerable.Range(0, LocalDays.Count).Select(index =>
        {
            var day = days[index].Day;
            var outstanding = Standing(due => true);
            return new DayFigures
            {
                Day = day,
                CollectedMinor = collected[index].AmountMinor,
                OutstandingMinor = outstanding,
                OverdueMinor = Standing(due => due <= index),
                DsoDays = Dso.Standard(outstanding, sales.Until(day, Dso.PeriodDays)),
                TransfersReceived = transfers.Where(sum => sum.Day == index).Sum(sum => sum.Count),
                TransfersIdentified = transfers.Where(sum => sum.Day == index && sum.Status == TransferStatus.Matched).Sum(sum => sum.Count),
            };

            // What is owed now, less what was booked after that day.
            long Standing(Func<int, bool> which) => Math.Max(0,
                owed.Where(sum => which(sum.Due)).Sum(sum => sum.Minor) - moved.Where(sum => sum.Day > index && which(sum.Due)).Sum(sum => sum.Minor));
        })];
    }

    public async ValueTask<MonthFlow> MonthAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var merchant = await MerchantAsync(cancellationToken);
        return await new MonthFlowReader(db).ReadAsync(merchant.Currency, LocalDays.Of(merchant.TimeZone, now).Today, cancellationToken);
    }

    private async Task<Merchant> MerchantAsync(CancellationToken cancellationToken) =>
        await db.Set<Merchant>().AsNoTracking().FirstOrDefaultAsync(cancellationToken) ?? throw new InvalidOperationException($"There is no merchant {db.BoundMerchantId}.");

    // The due dates that the week tells apart: overdue since its first day (0) or before, since its second (1), ... and 7 for later.
    private async Task<IReadOnlyList<(int Due, long Minor)>> OwedByDueDayAsync(string currency, LocalDays days, CancellationToken cancellationToken)
    {
        var (d0, d1, d2, d3, d4, d5, d6) = (days[0].Day, days[1].Day, days[2].Day, days[3].Day, days[4].Day, days[5].Day, days[6].Day);
        var sums = await db.Set<Invoice>()
            .Where(invoice => invoice.Open.AmountMinor > 0 && invoice.Open.Currency == currency
                && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid))
            .Select(invoice => new
            {
                invoice.Open.AmountMinor,
                Due = invoice.DueDate < d0 ? 0 : invoice.DueDate < d1 ? 1 : invoice.DueDate < d2 ? 2 : invoice.DueDate < d3 ? 3
                    : invoice.DueDate < d4 ? 4 : invoice.DueDate < d5 ? 5 : invoice.DueDate < d6 ? 6 : 7,
            })
            .GroupBy(invoice => invoice.Due)
            .Select(due => new { Due = due.Key, Sum = due.Sum(invoice => invoice.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => (sum.Due, sum.Sum))];
    }

    private async Task<IReadOnlyList<(int Day, int Due, long Minor)>> MovedAsync(string currency, LocalDays days, CancellationToken cancellationToken)
    {
        // Nothing stands after today; what was booked on the week's first day is in its figure already.
        var since = days[1].From;
        var (b2, b3, b4, b5, b6) = (days[2].From, days[3].From, days[4].From, days[5].From, days[6].From);
        var (d0, d1, d2, d3, d4, d5, d6) = (days[0].Day, days[1].Day, days[2].Day, days[3].Day, days[4].Day, days[5].Day, days[6].Day);
        var movements = from entry in db.Set<LedgerEntry>()
                        join line in db.Set<LedgerLineRow>() on entry.Id equals line.EntryId
                        join invoice in db.Set<Invoice>() on line.InvoiceId equals (Guid?)invoice.Id
                        where entry.At >= since && line.Account == LedgerAccount.Receivable && line.Currency == currency && invoice.Status != InvoiceStatus.Cancelled
                        select new
                        {
                            line.AmountMinor,
                            Day = entry.At < b2 ? 1 : entry.At < b3 ? 2 : entry.At < b4 ? 3 : entry.At < b5 ? 4 : entry.At < b6 ? 5 : 6,
                            Due = invoice.DueDate < d0 ? 0 : invoice.DueDate < d1 ? 1 : invoice.DueDate < d2 ? 2 : invoice.DueDate < d3 ? 3
                                : invoice.DueDate < d4 ? 4 : invoice.DueDate < d5 ? 5 : invoice.DueDate < d6 ? 6 : 7,
                        };
        var sums = await movements
            .GroupBy(movement => new { movement.Day, movement.Due })
            .Select(group => new { group.Key.Day, group.Key.Due, Sum = group.Sum(movement => movement.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => (sum.Day, sum.Due, sum.Sum))];
    }

    private async Task<IReadOnlyList<(int Day, TransferStatus Status, int Count)>> TransfersAsync(LocalDays days, CancellationToken cancellationToken)
    {
        var (from, to) = (days[0].From, days[6].To);
        var (b1, b2, b3, b4, b5, b6) = (days[1].From, days[2].From, days[3].From, days[4].From, days[5].From, days[6].From);
        var sums = await db.Set<IncomingTransfer>()
            .Where(transfer => transfer.ReceivedAt >= from && transfer.ReceivedAt < to)
            .Select(transfer => new
            {
                transfer.Status,
                Day = transfer.ReceivedAt < b1 ? 0 : transfer.ReceivedAt < b2 ? 1 : transfer.ReceivedAt < b3 ? 2
                    : transfer.ReceivedAt < b4 ? 3 : transfer.ReceivedAt < b5 ? 4 : transfer.ReceivedAt < b6 ? 5 : 6,
            })
            .GroupBy(transfer => new { transfer.Day, transfer.Status })
            .Select(group => new { group.Key.Day, group.Key.Status, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => (sum.Day, sum.Status, sum.Count))];
    }
}
