namespace CentralPay.Workflows.Server.Clock;

/// <summary>Business time: system time, moved ahead by an offset that only the time machine changes. The framework keeps system time.</summary>
public sealed class BusinessClock : TimeProvider
{
    private long offsetTicks;

    /// <summary>How far ahead of system time it is.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Sets the offset kept from before, at the start.</summary>
    public void Restore(TimeSpan offset) => Interlocked.Exchange(ref offsetTicks, offset.Ticks);

    /// <summary>Moves ahead to an instant and answers the new offset; an instant already passed changes nothing.</summary>
    public TimeSpan MoveTo(DateTimeOffset instant)
    {
        var wanted = (instant - System.GetUtcNow()).Ticks;
        long current;
        do
        {
            current = Interlocked.Read(ref offsetTicks);
            if (wanted <= current)
            {
                return TimeSpan.FromTicks(current);
            }
        }
        while (Interlocked.CompareExchange(ref offsetTicks, wanted, current) != current);

        return TimeSpan.FromTicks(wanted);
    }
}
