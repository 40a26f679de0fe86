using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
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
        var collected = await CollectedAsync(merchant.Currency, days, cancellationToken);
        var credit = await db.Set<LedgerLineRow>()
            .Where(line => line.Account == LedgerAccount.CustomerCredit && line.Currency == merchant.Currency)
            .SumAsync(line => line.AmountMinor, cancellationToken);
        return new CollectionFigures
        {
            At = now,
            Currency = merchant.Currency,
            CollectedTodayMinor = collected[^1].AmountMinor,
            OutstandingMinor = debts.OpenMinor,
            OverdueMinor = debts.Bands.Sum(band => band.AmountMinor),
            CustomerCreditMinor = -credit,
            OpenInvoices = debts.OpenInvoices,
            OverdueInvoices = debts.Bands.Sum(band => band.Invoices),
            OpenTasks = await db.Set<WorkTask>().CountAsync(task => task.Status == WorkTaskStatus.Open, cancellationToken),
            OpenIncidents = await db.Set<Incident>().CountAsync(incident => incident.ResolvedAt == null, cancellationToken),
            PayoutsToSign = await db.Set<Payout>().CountAsync(payout => payout.State == PayoutState.AwaitingApproval, cancellationToken),
            RunningCases = await db.Set<CaseRecord>().CountAsync(row => row.Status == CaseStatus.Running, cancellationToken),
            TransfersReceived = await db.Set<IncomingTransfer>().CountAsync(cancellationToken),
            TransfersIdentified = await db.Set<IncomingTransfer>().CountAsync(transfer => transfer.Status == TransferStatus.Matched, cancellationToken),
            OverdueByAge = debts.Bands,
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

    private async Task<IReadOnlyList<DayAmount>> CollectedAsync(string currency, LocalDays days, CancellationToken cancellationToken)
    {
        var (b0, b1, b2, b3, b4, b5, b6) = (days[0], days[1], days[2], days[3], days[4], days[5], days[6]);
        var (from, to) = (b0.From, b6.To);
        var (d1, d2, d3, d4, d5, d6) = (b1.From, b2.From, b3.From, b4.From, b5.From, b6.From);
        var sums = await db.Set<Payment>()
            .Where(payment => payment.ReceivedAt >= from && payment.ReceivedAt < to && payment.Amount.Currency == currency && payment.State != PaymentState.Returned && payment.State != PaymentState.Unmatched)
            .Select(payment => new
            {
                payment.Amount.AmountMinor,
                Day = payment.ReceivedAt < d1 ? 0 : payment.ReceivedAt < d2 ? 1 : payment.ReceivedAt < d3 ? 2
                    : payment.ReceivedAt < d4 ? 3 : payment.ReceivedAt < d5 ? 4 : payment.ReceivedAt < d6 ? 5 : 6,
            })
            .GroupBy(payment => payment.Day)
            .Select(day => new { Day = day.Key, Sum = day.Sum(payment => payment.AmountMinor) })
            .ToDictionaryAsync(day => day.Day, day => day.Sum, cancellationToken);
        return [.. Enumerable.Range(0, LocalDays.Count).Select(day => new DayAmount(days[day].Day, sums.GetValueOrDefault(day)))];
    }
}
