using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Access;

/// <summary>The first answer to a POST under an Idempotency-Key, given again when it is repeated.</summary>
public sealed record IdempotentAnswer : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The caller's key, with the route. Unique in a merchant.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request's body: the same key with another body is refused.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The HTTP status that was answered; 0 while the first call runs.</summary>
    public int StatusCode { get; init; }

    /// <summary>The body that was answered.</summary>
    public string? BodyJson { get; init; }

    /// <summary>Where what was made is found (the header <c>Location</c>); null for nothing, and in rows of before.</summary>
    public string? Location { get; init; }

    /// <summary>The call that carries it out, or did last. Null in rows of before.</summary>
    public Guid? HeldBy { get; init; }

    /// <summary>Until when that call is taken to run (system time): it moves this on while it does, so a call whose process died gives the key back soon.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>When it was last begun (system time); kept 24 hours at least.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
