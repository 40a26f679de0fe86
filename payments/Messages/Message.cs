using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>One message to a customer, from plan to delivery.</summary>
public sealed record Message : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Unique in a merchant: planned once however often asked.</summary>
    public required string Key { get; init; }

    /// <summary>The customer addressed, or whom an alert to a colleague is about; null for an alert about nobody.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>The invoice it is about; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The payment request whose link it carries; null for none.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>How it travels.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>The template it is made from (<c>reminder.first</c>).</summary>
    public required string Template { get; init; }

    /// <summary>The language it is written in, ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>The address or number, fixed when sent.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject, fixed when sent; before, null, or what an alert is to be called.</summary>
    public string? Subject { get; init; }

    /// <summary>What an alert to a colleague says; null for messages made from a template alone.</summary>
    public string? Note { get; init; }

    /// <summary>Where the text as sent is kept in the blob store; null before.</summary>
    public string? BodyBlob { get; init; }

    /// <summary>Not sent before this instant (business time).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How it stands.</summary>
    public MessageStatus Status { get; init; } = MessageStatus.Planned;

    /// <summary>Why it was cancelled or failed, as a code the pages translate; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The Message-ID or provider's id; null before it is sent.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The message that covers this one: one message tells of several invoices. Null where it goes by itself.</summary>
    public Guid? CoveredBy { get; init; }

    /// <summary>
    /// Customer, day, channel and language of a reminder that is sent or about to be: unique in a merchant, so that two nodes
    /// never send two on one day. Null while it is planned, covered or ended unsent.
    /// </summary>
    public string? DayKey { get; init; }

    /// <summary>How many invoices it tells of; 1 before it is sent.</summary>
    public int InvoiceCount { get; init; } = 1;

    /// <summary>The version of the merchant's own text it was written with; null for a text of the product, or before it is sent.</summary>
    public int? TextVersion { get; init; }

    /// <summary>How many SMS segments it took; null for other channels, or before it is sent.</summary>
    public int? Segments { get; init; }

    /// <summary>What its channel reported of it since; null where nothing was.</summary>
    public MessageDelivery? Delivery { get; init; }

    /// <summary>The channel's code for why it was not delivered (Twilio's <c>30003</c>); null where it was, or where there is none.</summary>
    public string? DeliveryError { get; init; }

    /// <summary>When it was planned (business time).</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>When it was handed over (business time); null before.</summary>
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>How a message travels.</summary>
public enum MessageChannel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>SMS.</summary>
    Sms,
}

/// <summary>How a message stands.</summary>
public enum MessageStatus
{
    /// <summary>It will be sent when due, if there is still a reason.</summary>
    Planned,

    /// <summary>Another message to the customer tells of its invoice too.</summary>
    Covered,

    /// <summary>It was handed to its channel.</summary>
    Sent,

    /// <summary>There was no reason any more, or no permission.</summary>
    Cancelled,

    /// <summary>It could not be sent.</summary>
    Failed,

    /// <summary>It may or may not have been sent; a person decides.</summary>
    Unknown,
}
