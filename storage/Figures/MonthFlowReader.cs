using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>The way of the money that falls due in one month, in two queries.</summary>
internal sealed class MonthFlowReader(CollectionsDb db)
{
    private const string Reminders = "reminder.";

    public async Task<MonthFlow> ReadAsync(string currency, DateOnly today, CancellationToken cancellationToken)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        var due = await DueAsync(currency, first, last, today, cancellationToken);
        var paid = await PaidAsync(currency, first, last, cancellationToken);
        return new MonthFlow { From = first, To = last, Currency = currency, Shares = MonthFlows.Of(due, paid) };
    }

    private IQueryable<Invoice> DueIn(DateOnly first, DateOnly last, string currency) => db.Set<Invoice>()
        .Where(invoice => invoice.DueDate >= first && invoice.DueDate <= last && invoice.Amount.Currency == currency && invoice.Status != InvoiceStatus.Cancelled);

    // One message may tell of several invoices: those it covers were reminded when it was sent.
    private IQueryable<Message> SentReminders() => db.Set<Message>().Where(message => message.Template.StartsWith(Reminders)
        && (message.Status == MessageStatus.Sent || (message.Status == MessageStatus.Covered && db.Set<Message>().Any(cover => cover.Id == message.CoveredBy && cover.Status == MessageStatus.Sent))));

    private async Task<IReadOnlyList<DueSum>> DueAsync(string currency, DateOnly first, DateOnly last, DateOnly today, CancellationToken cancellationToken)
    {
        var sums = await DueIn(first, last, currency)
            .Select(invoice => new
            {
                invoice.Amount.AmountMinor,
                OpenMinor = invoice.Open.AmountMinor,
                Reminded = SentReminders().Any(message => message.InvoiceId == invoice.Id),
                State = invoice.Disputed ? FlowEnd.Disputed
                    : invoice.PromisedUntil != null && invoice.PromisedUntil >= today ? FlowEnd.Promised
                    : invoice.DueDate < today ? FlowEnd.Overdue : FlowEnd.NotYetDue,
            })
            .GroupBy(invoice => new { invoice.Reminded, invoice.State })
            .Select(group => new { group.Key.Reminded, group.Key.State, Amount = group.Sum(invoice => invoice.AmountMinor), Open = group.Sum(invoice => invoice.OpenMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new DueSum(sum.Reminded, sum.State, sum.Amount, sum.Open))];
    }

    // Money that is held back or was given back did not stay.
    private async Task<IReadOnlyList<PaidSum>> PaidAsync(string currency, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var payments = from payment in db.Set<Payment>()
                       join invoice in DueIn(first, last, currency) on payment.InvoiceId equals (Guid?)invoice.Id
                       where payment.State == PaymentState.Captured || payment.State == PaymentState.PartlyRefunded
                       select new { payment.Method, payment.Allocated.AmountMinor, Reminded = SentReminders().Any(message => message.InvoiceId == invoice.Id) };
        var sums = await payments
            .GroupBy(payment => new { payment.Reminded, payment.Method })
            .Select(group => new { group.Key.Reminded, group.Key.Method, Sum = group.Sum(payment => payment.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new PaidSum(sum.Reminded, sum.Method, sum.Sum))];
    }
}
