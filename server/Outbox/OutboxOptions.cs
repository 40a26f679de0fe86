namespace CentralPay.Workflows.Server.Outbox;

/// <summary>How the outbox is worked; section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
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
}
