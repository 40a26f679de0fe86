namespace CentralPay.Workflows.Payments.Calendars;

/// <summary>Moves business time ahead, for trying scenarios that take weeks. Only where it is switched on, never in Production.</summary>
public interface ITimeMachine
{
    /// <summary>Whether time can be moved here.</summary>
    bool IsEnabled { get; }

    /// <summary>Business time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>
    /// Moves to an instant, stopping at each thing that falls due on the way until all it sets off is done. Throws
    /// <see cref="Rules.RuleViolationException"/> for an instant that has passed or lies more than 366 days ahead, and
    /// <see cref="InvalidOperationException"/> where it is switched off or a jump is under way.
    /// </summary>
    Task<TimeTravel> MoveToAsync(DateTimeOffset target, IProgress<TimeTravel>? progress, CancellationToken cancellationToken = default);
}

/// <summary>How far a jump came, and what it set off.</summary>
/// <param name="From">Where it began (business time).</param>
/// <param name="Now">Where it is (business time).</param>
/// <param name="Target">Where it goes (business time).</param>
/// <param name="Stops">Instants it stopped at.</param>
/// <param name="Timers">Timers that fired.</param>
/// <param name="Bursts">Steps of cases that ran.</param>
/// <param name="Effects">Things done outside: messages, calls to the gateway, callbacks.</param>
/// <param name="IsComplete">Whether the target was reached; a jump with too many stops ends before it.</param>
public sealed record TimeTravel(DateTimeOffset From, DateTimeOffset Now, DateTimeOffset Target, int Stops, int Timers, int Bursts, int Effects, bool IsComplete);
