using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>What was invoiced on each day: one row for a day, summed by the database. Withdrawn invoices were no sales.</summary>
internal static class SalesReader
{
    public static async Task<SalesByDay> UntilAsync(CollectionsDb db, string currency, DateOnly today, CancellationToken cancellationToken)
    {
        var first = SalesByDay.FirstDayFor(today);
        return new SalesByDay(await db.Set<Invoice>()
            .Where(invoice => invoice.IssueDate >= first && invoice.IssueDate <= today && invoice.Amount.Currency == currency && invoice.Status != InvoiceStatus.Cancelled)
            .GroupBy(invoice => invoice.IssueDate)
            .Select(day => new { Day = day.Key, Sum = day.Sum(invoice => invoice.Amount.AmountMinor) })
            .ToDictionaryAsync(day => day.Day, day => day.Sum, cancellationToken));
    }
}
