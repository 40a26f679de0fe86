using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Access;

/// <summary>Who did what, when: appended with the change it tells of, then chained by the merchant's sealer.</summary>
public sealed record AuditEntry : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>When (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a person's or key's identity, by reference.</summary>
    public required string ActorId { get; init; }

    /// <summary>What was done (<c>scenario.published</c>).</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to (<c>scenario:soft-dunning</c>).</summary>
    public required string Subject { get; init; }

    /// <summary>Details as JSON, without personal data.</summary>
    public string DetailsJson { get; init; } = "{}";
}
