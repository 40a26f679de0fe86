using System.Text;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Keeps what became of messages, and what was sent as the customer saw it. Marking one again as it stands changes nothing.</summary>
public sealed class MessageLog(IMerchantRecords records, IBlobStore blobs, TimeProvider time)
{
    private const string Folder = "messages";

    /// <summary>
    /// State x event -> state, the event being the state it is marked with. A covered one goes by itself again when the one that
    /// covers it does not go; a person settles what is unknown.
    /// </summary>
    internal static StateTable<MessageStatus, MessageStatus> Life { get; } = new(
        (MessageStatus.Planned, MessageStatus.Covered, MessageStatus.Covered),
        (MessageStatus.Covered, MessageStatus.Planned, MessageStatus.Planned),
        (MessageStatus.Planned, MessageStatus.Sent, MessageStatus.Sent),
        (MessageStatus.Planned, MessageStatus.Cancelled, MessageStatus.Cancelled),
        (MessageStatus.Planned, MessageStatus.Failed, MessageStatus.Failed),
        (MessageStatus.Planned, MessageStatus.Unknown, MessageStatus.Unknown),
        (MessageStatus.Unknown, MessageStatus.Sent, MessageStatus.Sent),
        (MessageStatus.Unknown, MessageStatus.Failed, MessageStatus.Failed));

    /// <summary>
    /// Appends that the message was handed over, with its words, and tells each invoice it covers. Throws
    /// <see cref="RuleViolationException"/> when there is no such message.
    /// </summary>
    /// <param name="messageId">The message.</param>
    /// <param name="composed">What was sent.</param>
    /// <param name="recipient">The address it went to.</param>
    /// <param name="providerId">The Message-ID or provider's id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task MarkSentAsync(Guid messageId, ComposedMessage composed, string recipient, string? providerId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(composed);
        if (await NextAsync(messageId, MessageStatus.Sent, cancellationToken) is not { } message)
        {
            return;
        }

        var now = time.GetUtcNow();
        var covered = await records.ListAsync<Message>(other => other.CoveredBy == messageId && other.Status == MessageStatus.Covered, cancellationToken: cancellationToken);
        var body = await blobs.PutAsync(Folder, "html", Encoding.UTF8.GetBytes(composed.Html), cancellationToken);
        Keep(
            message with
            {
                Recipient = recipient,
                Subject = composed.Subject,
                BodyBlob = body,
                ProviderId = providerId,
                SentAt = now,
                InvoiceCount = 1 + covered.Count,
                TextVersion = composed.TextVersion,
                Segments = composed.Segments,
            },
            EventNames.MessageSent);
        foreach (var told in covered)
        {
            records.Update(told with { SentAt = now, Subject = composed.Subject });
            records.Raise(MessageEvents.Of(told, EventNames.MessageCovered, now, new { told.Channel, told.Template, message = messageId }));
        }
    }

    /// <summary>Appends that the message was not sent, for there was no reason any more.</summary>
    public Task MarkCancelledAsync(Guid messageId, string reason, CancellationToken cancellationToken = default) =>
        EndAsync(messageId, MessageStatus.Cancelled, reason, EventNames.MessageCancelled, cancellationToken);

    /// <summary>Appends that the message could not be sent.</summary>
    public Task MarkFailedAsync(Guid messageId, string reason, CancellationToken cancellationToken = default) =>
        EndAsync(messageId, MessageStatus.Failed, reason, EventNames.MessageFailed, cancellationToken);

    /// <summary>Appends that the message may or may not have been sent: a person decides.</summary>
    public Task MarkUnknownAsync(Guid messageId, string reason, CancellationToken cancellationToken = default) =>
        EndAsync(messageId, MessageStatus.Unknown, reason, EventNames.MessageFailed, cancellationToken);

    /// <summary>Appends what its channel reported of a message; what is old, or of no such message, changes nothing. Answers whether anything did.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="reported">What was reported.</param>
    /// <param name="error">The channel's code for what went wrong; null for nothing.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> MarkDeliveryAsync(Guid messageId, MessageDelivery reported, string? error, CancellationToken cancellationToken = default)
    {
        if (await records.FindAsync<Message>(messageId, cancellationToken) is not { } message || DeliveryLife.After(message.Delivery, reported) is var delivery && delivery == message.Delivery)
        {
            return false;
        }

        var badly = DeliveryLife.IsBadEnd(delivery);
        records.Update(message with { Delivery = delivery, DeliveryError = badly ? error : null });
        if (badly || delivery == MessageDelivery.Delivered)
        {
            records.Raise(MessageEvents.Of(
                message, badly ? EventNames.MessageUndelivered : EventNames.MessageDelivered, time.GetUtcNow(), new { message.Channel, message.Template, error = badly ? error : null }));
        }

        return true;
    }

    private async Task EndAsync(Guid messageId, MessageStatus status, string reason, string eventName, CancellationToken cancellationToken)
    {
        if (await NextAsync(messageId, status, cancellationToken) is { } message)
        {
            // What surely did not leave does not keep others of the same day from leaving.
            Keep(message with { Reason = reason, DayKey = status == MessageStatus.Unknown ? message.DayKey : null }, eventName);
        }
    }

    private async Task<Message?> NextAsync(Guid messageId, MessageStatus status, CancellationToken cancellationToken)
    {
        var message = await records.FindAsync<Message>(messageId, cancellationToken)
            ?? throw RuleViolationException.Of("messageId", RuleCodes.MessageUnknown);
        return message.Status == status ? null : message with { Status = Life.After(message.Status, status) };
    }

    private void Keep(Message message, string eventName)
    {
        records.Update(message);
        records.Raise(MessageEvents.Of(message, eventName, time.GetUtcNow(), new { message.Channel, message.Template, message.Reason }));
    }
}
