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

    /// <summary>The customer addressed.</summary>
    public required Guid CustomerId { get; init; }

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

    /// <summary>The subject, fixed when sent; null before.</summary>
    public string? Subject { get; init; }

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

    /// <summary>It was handed to its channel.</summary>
    Sent,

    /// <summary>There was no reason any more, or no permission.</summary>
    Cancelled,

    /// <summary>It could not be sent.</summary>
    Failed,

    /// <summary>It may or may not have been sent; a person decides.</summary>
    Unknown,
}
