namespace CentralPay.Workflows.Engine.Simulation;

/// <summary>Business time of a simulation: it stands still until it is moved, and never goes back but to begin anew.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Begins another simulation at an instant.</summary>
    public void Begin(DateTimeOffset at) => _now = at.ToUniversalTime();

    /// <summary>Moves on to an instant that lies ahead; throws <see cref="ArgumentOutOfRangeException"/> for one that has passed.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, _now);
        _now = instant.ToUniversalTime();
    }
}
