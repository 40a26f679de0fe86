namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>Business time that runs on from a Monday morning, whenever the measuring is done: nobody is contacted at night.</summary>
internal sealed class BenchClock : TimeProvider
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private readonly long startedAt = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Monday + System.GetElapsedTime(startedAt);
}
