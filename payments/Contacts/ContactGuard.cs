using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>Asked when a message is claimed for sending: is there still a reason, and may it be now?</summary>
public sealed class ContactGuard(IMerchantRecords records, TimeProvider time, ContactHistory history, IMessageChannels channels, ICaseStanding cases)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(15);

    /// <summary>Go; drop, with the reason; or later, when it is night or the customer was reminded shortly before.</summary>
    public async ValueTask<GuardVerdict> CheckAsync(Message message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Status != MessageStatus.Planned)
        {
            return GuardVerdict.Drop(ContactReasons.Settled);
        }

        if (MessageTemplates.Find(message.Template) is not { } template)
        {
            return GuardVerdict.Drop(ContactReasons.Gone);
        }

        // A colleague is told whatever the hour, and whatever became of the customer.
        return template.Purpose == MessagePurpose.Alert ? GuardVerdict.Go : await CheckCustomerAsync(message, template, cancellationToken);
    }

    private async ValueTask<GuardVerdict> CheckCustomerAsync(Message message, MessageTemplate template, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var customer = message.CustomerId is { } customerId ? await records.FindAsync<Customer>(customerId, cancellationToken) : null;
        var invoice = message.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken);
        if (customer is null || merchant is null || (message.InvoiceId is not null && invoice is null))
        {
            return GuardVerdict.Drop(ContactReasons.Gone);
        }

        var against = ContactRoute.On(message.Channel, customer, channels).Against
            ?? ContactRules.Against(template.Purpose, customer, invoice, QuietHours.Of(merchant).DayOf(now));
        if (against is not null)
        {
            return GuardVerdict.Drop(against);
        }

        if (template.Purpose == MessagePurpose.Reminder && CaseOf(message) is { } caseId && await cases.IsPausedAsync(caseId, cancellationToken))
        {
            return GuardVerdict.Later(now + LookAgain, ContactReasons.CasePaused);
        }

        var lastReminder = invoice is null ? null : await history.LastReminderAsync(invoice.Id, message.Id, cancellationToken);
        var earliest = ContactRules.Earliest(now, template.Purpose, lastReminder, merchant);
        return earliest.DelayedBy is { } reason ? GuardVerdict.Later(earliest.At, reason) : GuardVerdict.Go;
    }

    // What a case plans is kept under a key that begins with its identity.
    private static Guid? CaseOf(Message message) =>
        message.Key.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && Guid.TryParseExact(message.Key.AsSpan(0, end), "D", out var caseId) ? caseId : null;
}
