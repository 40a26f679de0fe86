using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>A webhook of the gateway that was taken in: known by its event id, so that a second delivery changes nothing.</summary>
public sealed record GatewayNotice : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The gateway's event id. Unique in a merchant.</summary>
    public required string EventId { get; init; }

    /// <summary>The gateway's event type.</summary>
    public required string Type { get; init; }

    /// <summary>The object it was about.</summary>
    public string? ObjectId { get; init; }

    /// <summary>When it came (business time).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
