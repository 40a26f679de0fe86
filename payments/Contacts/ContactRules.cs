using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>Whether and when a customer may be told something, whichever way. Pure; asked when a message is planned and again when it is sent.</summary>
public static class ContactRules
{
    /// <summary>Why the customer must not be told; null when nothing is against it.</summary>
    /// <param name="purpose">What the message is for: only reminders need something owed, undisputed and unpromised, and a customer who is not excluded.</param>
    /// <param name="customer">Whom it would tell.</param>
    /// <param name="invoice">What it is about; null for none.</param>
    /// <param name="today">The merchant's day.</param>
    public static string? Against(MessagePurpose purpose, Customer customer, Invoice? invoice, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.AutomationStopped)
        {
            return ContactReasons.Stopped;
        }

        if (purpose != MessagePurpose.Reminder)
        {
            return null;
        }

        return IsExcluded(customer, today) ? ContactReasons.Excluded : invoice is null ? null : AgainstReminding(invoice, today);
    }

    /// <summary>Whether the customer is not to be reminded on the day.</summary>
    public static bool IsExcluded(Customer customer, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return customer.ExcludedReason is not null && (customer.ExcludedUntil is not { } until || today <= until);
    }

    /// <summary>The earliest instant at which the message may be sent, and why it is not at once.</summary>
    /// <param name="now">From when it is wanted.</param>
    /// <param name="purpose">What the message is for: only reminders keep the minimum interval.</param>
    /// <param name="lastReminder">When the customer is or was last reminded of the invoice; null for never.</param>
    /// <param name="merchant">Whose rules hold.</param>
    public static ContactTime Earliest(DateTimeOffset now, MessagePurpose purpose, DateTimeOffset? lastReminder, Merchant merchant)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        var spaced = purpose == MessagePurpose.Reminder ? lastReminder?.AddHours(merchant.MinimumHoursBetweenContacts) : null;
        var (wanted, reason) = spaced > now ? (spaced.Value, ContactReasons.MinimumInterval) : (now, null);
        var allowed = QuietHours.Of(merchant).NextAllowed(wanted);
        return new ContactTime(allowed, allowed > wanted ? ContactReasons.QuietHours : reason);
    }

    private static string? AgainstReminding(Invoice invoice, DateOnly today) => invoice switch
    {
        { Status: InvoiceStatus.Cancelled } => ContactReasons.Withdrawn,
        { Open.AmountMinor: <= 0 } => ContactReasons.Paid,
        { Disputed: true } => ContactReasons.Disputed,
        { PromisedUntil: { } until } when today <= until => ContactReasons.Promised,
        _ => null,
    };
}

/// <summary>When something may be told.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="DelayedBy">What moved it later (<see cref="ContactReasons"/>); null when nothing did.</param>
public sealed record ContactTime(DateTimeOffset At, string? DelayedBy);
