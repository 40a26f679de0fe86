using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>Asked when a message is claimed for sending: is there still a reason, and may it be now?</summary>
public sealed class ContactGuard(IMerchantRecords records, TimeProvider time, ContactHistory history)
{
    /// <summary>Go; drop, with the reason; or later, when it is night or the customer was reminded shortly before.</summary>
    public async ValueTask<GuardVerdict> CheckAsync(Message message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = time.GetUtcNow();
        var template = MessageTemplates.Find(message.Template);
        var customer = await records.FindAsync<Customer>(message.CustomerId, cancellationToken);
        var invoice = message.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken);
        if (message.Status != MessageStatus.Planned)
        {
            return GuardVerdict.Drop(ContactReasons.Settled);
        }

        if (template is null || customer is null || merchant is null || (message.InvoiceId is not null && invoice is null))
        {
            return GuardVerdict.Drop(ContactReasons.Gone);
        }

        if (ContactRules.Against(template.Purpose, message.Channel, customer, invoice, QuietHours.Of(merchant).DayOf(now)) is { } against)
        {
            return GuardVerdict.Drop(against);
        }

        var lastReminder = invoice is null ? null : await history.LastReminderAsync(invoice.Id, message.Id, cancellationToken);
        var earliest = ContactRules.Earliest(now, template.Purpose, lastReminder, merchant);
        return earliest.DelayedBy is { } reason ? GuardVerdict.Later(earliest.At, reason) : GuardVerdict.Go;
    }
}
