namespace CentralPay.Workflows.Engine.Tests;

/// <summary>A clock that moves when told.</summary>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;

    public void MoveTo(DateTimeOffset instant) => _now = instant;
}
