using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Effects;

/// <summary>Does one kind of effect. The outbox calls it in this order: guard, deliver, apply; only deliver reaches outside.</summary>
public interface IEffectHandler
{
    /// <summary>The kind it does (<see cref="EffectKinds"/>).</summary>
    string Kind { get; }

    /// <summary>Read again at the moment of sending whether the effect is still wanted.</summary>
    ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken);

    /// <summary>One try, outside any transaction. Throws nothing that it can put into words as an outcome.</summary>
    Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken);

    /// <summary>Appends what the outcome means to the domain, in the unit of work that settles the effect; also after a cancelled guard.</summary>
    ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken);
}

/// <summary>Whether an effect is still wanted.</summary>
/// <param name="Kind">Go, drop, or later.</param>
/// <param name="Reason">Why not, as a code pages translate (<c>paid</c>, <c>disputed</c>, <c>promised</c>, <c>opted-out</c>); null for go.</param>
/// <param name="NotBefore">For later: the business instant to look again.</param>
public sealed record GuardVerdict(GuardKind Kind, string? Reason = null, DateTimeOffset? NotBefore = null)
{
    /// <summary>It is wanted.</summary>
    public static GuardVerdict Go { get; } = new(GuardKind.Go);

    /// <summary>It is wanted no more.</summary>
    public static GuardVerdict Drop(string reason) => new(GuardKind.Drop, reason);

    /// <summary>It is wanted, but not now.</summary>
    public static GuardVerdict Later(DateTimeOffset notBefore, string reason) => new(GuardKind.Later, reason, notBefore);
}

/// <summary>The verdicts of a guard.</summary>
public enum GuardKind
{
    /// <summary>Do it.</summary>
    Go,

    /// <summary>Do not do it.</summary>
    Drop,

    /// <summary>Look again later.</summary>
    Later,
}

/// <summary>What one try led to.</summary>
public sealed record EffectOutcome
{
    /// <summary>The kind of outcome.</summary>
    public required EffectOutcomeKind Kind { get; init; }

    /// <summary>The answer as JSON.</summary>
    public string? AnswerJson { get; init; }

    /// <summary>What went wrong, in words for people.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the try surely left nothing outside: it never got there, or was turned away at the door.</summary>
    public bool LeftNothing { get; init; }

    /// <summary>HTTP status or SMTP code.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Do not try again before this long (<c>Retry-After</c>).</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The kinds of outcomes; business decline, passing failure and unknown outcome are kept apart.</summary>
public enum EffectOutcomeKind
{
    /// <summary>It was done.</summary>
    Delivered,

    /// <summary>It was refused, and would be again.</summary>
    Refused,

    /// <summary>It surely was not done; another try may succeed.</summary>
    Failed,

    /// <summary>It may have been done: the answer was lost.</summary>
    Unknown,

    /// <summary>The guard dropped it.</summary>
    Dropped,

    /// <summary>Given up after the last try.</summary>
    GivenUp,
}
