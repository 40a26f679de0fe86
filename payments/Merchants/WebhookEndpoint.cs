using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Merchants;

/// <summary>Where a merchant's ERP takes JSON callbacks.</summary>
public sealed record WebhookEndpoint : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>What the merchant calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The address; https outside Development.</summary>
    public required string Url { get; init; }

    /// <summary>The signing secret (<c>whsec_</c> + base64), encrypted.</summary>
    public required string SecretProtected { get; init; }

    /// <summary>Whether callbacks are delivered; an answer 410 turns it off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was added (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
