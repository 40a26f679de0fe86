namespace CentralPay.Workflows.Sandbox.Time;

/// <summary>Business time: the machine's time plus an offset that only grows. Whole microseconds, as the API shows them.</summary>
public sealed class BusinessClock(TimeProvider system) : TimeProvider
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private long _offsetTicks;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = system.GetUtcNow().UtcTicks + Interlocked.Read(ref _offsetTicks);
        return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    /// <summary>Takes up the offset of an earlier run.</summary>
    public void Restore(TimeSpan offset) => Interlocked.Exchange(ref _offsetTicks, offset.Ticks);

    /// <summary>The offset that makes it <paramref name="now"/> now; never a smaller one than today's.</summary>
    public TimeSpan OffsetFor(DateTimeOffset now)
    {
        var offset = now - system.GetUtcNow();
        return offset > Offset ? offset : Offset;
    }

    /// <summary>The instant as CentralPay's API writes it: in French time.</summary>
    public static DateTimeOffset InParis(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris);

    /// <summary>The next time the clocks in Paris show this hour, after the given instant.</summary>
    public static DateTimeOffset NextInParis(TimeOnly hour, DateTimeOffset after)
    {
        var date = DateOnly.FromDateTime(InParis(after).DateTime);
        var next = At(date, hour);
        return next > after ? next : At(date.AddDays(1), hour);
    }

    /// <summary>The instant at which the clocks in Paris show this hour on this day.</summary>
    public static DateTimeOffset AtInParis(DateOnly date, TimeOnly hour) => At(date, hour);

    private static DateTimeOffset At(DateOnly date, TimeOnly hour)
    {
        var local = date.ToDateTime(hour);
        return new DateTimeOffset(local, Paris.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>The one row that carries business time across a restart.</summary>
public sealed class ClockOffset
{
    public int Id { get; init; } = 1;
    public long Microseconds { get; set; }
}
