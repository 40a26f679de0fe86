using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>How the outbox is worked; section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    private const int ShortestLeaseSeconds = 10;

    /// <summary>Effects taken in one go.</summary>
    public int ClaimLimit { get; set; } = 256;

    /// <summary>Effects of one lane taken in one go.</summary>
    public int PerLane { get; set; } = 16;

    /// <summary>Tries that run at the same time in one lane.</summary>
    public int AtOncePerLane { get; set; } = 4;

    /// <summary>How long a claimed effect is ours, in seconds: longer than all tries of one claim of a lane may take.</summary>
    public int LeaseSeconds { get; set; } = 300;

    /// <summary>How often the outbox is looked at when nothing wakes it, in milliseconds.</summary>
    public int PollMilliseconds { get; set; } = 1000;

    /// <summary>Itself; throws <see cref="RefusedToStartException"/> that names the setting that cannot be.</summary>
    public OutboxOptions Checked()
    {
        Check(nameof(ClaimLimit), ClaimLimit, 1, 10_000);
        Check(nameof(PerLane), PerLane, 1, 1_000);
        Check(nameof(AtOncePerLane), AtOncePerLane, 1, 1_000);
        Check(nameof(LeaseSeconds), LeaseSeconds, ShortestLeaseSeconds, 86_400);
        Check(nameof(PollMilliseconds), PollMilliseconds, 10, 3_600_000);
        return this;
    }

    private static void Check(string setting, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new RefusedToStartException($"The setting Outbox:{setting} is {value}; it must be from {least} to {most}.");
        }
    }
}
