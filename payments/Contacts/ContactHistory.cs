using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>When customers were reminded, or are about to be.</summary>
public sealed class ContactHistory(IMerchantRecords records)
{
    /// <summary>The names of the templates whose messages may become one with others of the day.</summary>
    internal static readonly List<string> Merged = [.. MessageTemplates.All.Where(template => template is { Purpose: MessagePurpose.Reminder, IsMerged: true }).Select(template => template.Name)];

    /// <summary>The names of the templates whose messages remind.</summary>
    internal static readonly List<string> Reminders = [.. MessageTemplates.All.Where(template => template.Purpose == MessagePurpose.Reminder).Select(template => template.Name)];

    /// <summary>When the customer was last reminded of an invoice or is planned to be, whichever is later; null for never.</summary>
    /// <param name="invoiceId">The invoice.</param>
    /// <param name="exceptMessageId">A message that does not count, because it is the one that asks; planned ones then do not count either.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<DateTimeOffset?> LastReminderAsync(Guid invoiceId, Guid? exceptMessageId, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? last = null;
        foreach (var message in await records.ListAsync<Message>(message => message.InvoiceId == invoiceId, cancellationToken: cancellationToken))
        {
            var counts = exceptMessageId is null || (message.Id != exceptMessageId && message.Status != MessageStatus.Planned);
            if (counts && Reminds(message) && (message.SentAt ?? message.DueAt) is var at && (last is null || at > last))
            {
                last = at;
            }
        }

        return last;
    }

    private static bool Reminds(Message message) =>
        message.Status is MessageStatus.Planned or MessageStatus.Covered or MessageStatus.Sent or MessageStatus.Unknown
        && IsReminder(message);

    /// <summary>Whether a message reminds, by its template.</summary>
    internal static bool IsReminder(Message message) => Reminders.Contains(message.Template) || OwnTemplates.IsReminder(message.Template);
}
