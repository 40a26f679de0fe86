using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Access;

/// <summary>A machine's key to the API: known by its prefix, kept as a hash.</summary>
public sealed record ApiKey : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>What the merchant calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters, to recognise it by. Unique over all merchants.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may do, separated by spaces (<see cref="Permissions"/>).</summary>
    public required string Scopes { get; init; }

    /// <summary>Who issued it, by identity: what it does counts as theirs where two people are asked for.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>When it was made (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was withdrawn (business time); null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
