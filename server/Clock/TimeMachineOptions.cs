namespace CentralPay.Workflows.Server.Clock;

/// <summary>The time machine; section <c>TimeMachine</c>.</summary>
public sealed class TimeMachineOptions
{
    /// <summary>Whether business time may be moved ahead. Refused outside Development.</summary>
    public bool Enabled { get; set; }

    /// <summary>Instants one jump stops at, at the most.</summary>
    public int MostStops { get; set; } = 5000;
}
