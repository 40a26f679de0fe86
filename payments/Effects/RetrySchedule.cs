namespace CentralPay.Workflows.Payments.Effects;

/// <summary>When effects are tried again. Pure: the jitter is given.</summary>
public static class RetrySchedule
{
    // A tenth each way, so that what failed together does not come back together.
    private const double JitterShare = 0.1;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>Pauses before tries 2, 3, ... of a webhook (Standard Webhooks): over three days.</summary>
    public static IReadOnlyList<TimeSpan> Webhook { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Pauses before tries 2, 3, ... of an e-mail or SMS: half a day, after which a reminder says something else anyway.</summary>
    public static IReadOnlyList<TimeSpan> Email { get; } =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(8),
    ];

    /// <summary>Pauses before tries 2, 3, ... of a call to the gateway: quick at first, for a payer may be waiting.</summary>
    public static IReadOnlyList<TimeSpan> Gateway { get; } =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <summary>When an effect is tried again; null to give up.</summary>
    /// <param name="kind">The kind (<see cref="EffectKinds"/>).</param>
    /// <param name="attemptsMade">Tries made so far, 1 or more.</param>
    /// <param name="now">Business time.</param>
    /// <param name="jitter01">A random share, 0 to 1: half makes no difference.</param>
    /// <param name="retryAfter">Not before this long, as the destination asked; counted up to 24 hours.</param>
    public static DateTimeOffset? NextDueAt(string kind, int attemptsMade, DateTimeOffset now, double jitter01, TimeSpan? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptsMade, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter01);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter01, 1);
        var pauses = PausesOf(kind);
        if (attemptsMade > pauses.Count)
        {
            return null;
        }

        var pause = pauses[attemptsMade - 1] * (1 + (((jitter01 * 2) - 1) * JitterShare));
        var asked = retryAfter is { } wanted ? (wanted < LongestRetryAfter ? wanted : LongestRetryAfter) : TimeSpan.Zero;
        return now + (pause > asked ? pause : asked);
    }

    private static IReadOnlyList<TimeSpan> PausesOf(string kind) => kind switch
    {
        EffectKinds.Webhook => Webhook,
        EffectKinds.Email or EffectKinds.Sms => Email,
        _ => Gateway,
    };
}
