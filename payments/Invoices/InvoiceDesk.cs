using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>What an agent notes about an invoice: reminders stop meanwhile, by the guard of messages.</summary>
public sealed class InvoiceDesk(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    // A promise further away than this is a plan, not a promise.
    private const int MaxPromiseDays = 366;

    /// <summary>
    /// Notes that the customer contests the invoice, or no longer does, and commits. Needs <see cref="Permissions.WorkTasks"/>.
    /// Throws <see cref="RuleViolationException"/> when there is no such invoice, or nothing is owed on it.
    /// </summary>
    public async Task<Invoice> DisputeAsync(Guid id, bool disputed, CancellationToken cancellationToken = default)
    {
        var invoice = await OwedAsync(id, cancellationToken);
        if (invoice.Disputed == disputed)
        {
            return invoice;
        }

        var noted = records.Update(invoice with { Disputed = disputed });
        records.Raise(Happened.To(noted, disputed ? EventNames.InvoiceDisputed : EventNames.InvoiceDisputeEnded, time.GetUtcNow(), noted.Open, new { noted.Number, by = current.Actor.Name }));
        audit.Write(disputed ? "invoice.disputed" : "invoice.dispute-ended", $"invoice:{id}");
        await records.CommitAsync(cancellationToken);
        return noted;
    }

    /// <summary>
    /// Notes until when the customer promised to pay, or that there is no promise, and commits. Needs
    /// <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when there is no such invoice, nothing is
    /// owed on it, or the day has passed or is more than a year away.
    /// </summary>
    public async Task<Invoice> PromiseAsync(Guid id, DateOnly? until, CancellationToken cancellationToken = default)
    {
        var invoice = await OwedAsync(id, cancellationToken);
        if (until is { } day)
        {
            var merchant = await records.MerchantAsync(cancellationToken);
            var today = QuietHours.Of(merchant).DayOf(time.GetUtcNow());
            if (day < today)
            {
                throw RuleViolationException.Of("promisedUntil", RuleCodes.DatePassed);
            }

            if (day > today.AddDays(MaxPromiseDays))
            {
                throw RuleViolationException.Of("promisedUntil", RuleCodes.DateOutOfRange, ("from", $"{today:yyyy-MM-dd}"), ("to", $"{today.AddDays(MaxPromiseDays):yyyy-MM-dd}"));
            }
        }

        if (invoice.PromisedUntil == until)
        {
            return invoice;
        }

        var noted = records.Update(invoice with { PromisedUntil = until });
        records.Raise(Happened.To(noted, until is null ? EventNames.InvoicePromiseEnded : EventNames.InvoicePromised, time.GetUtcNow(), noted.Open, new { noted.Number, until, by = current.Actor.Name }));
        audit.Write(until is null ? "invoice.promise-ended" : "invoice.promised", $"invoice:{id}", new { until });
        await records.CommitAsync(cancellationToken);
        return noted;
    }

    private async Task<Invoice> OwedAsync(Guid id, CancellationToken cancellationToken)
    {
        current.Actor.Require(Permissions.WorkTasks);
        var invoice = await records.FindAsync<Invoice>(id, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        return invoice.Open.IsPositive && invoice.Status != InvoiceStatus.Cancelled
            ? invoice
            : throw RuleViolationException.Of("invoiceId", RuleCodes.NothingOwed, ("number", invoice.Number));
    }
}
