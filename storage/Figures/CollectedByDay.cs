using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>What was received on each of the last seven days.</summary>
internal static class CollectedByDay
{
    public static async Task<IReadOnlyList<DayAmount>> ReadAsync(CollectionsDb db, string currency, LocalDays days, CancellationToken cancellationToken)
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
