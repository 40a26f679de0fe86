namespace CentralPay.Workflows.Engine.Simulation;

/// <summary>What happens around simulated cases: what begins them, the answers to what they ask, what people and banks do by themselves.</summary>
public interface ISimulatedOutside
{
    /// <summary>The earliest instant at which something is going to happen; null where nothing is.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Lets everything happen that is due now, in a fixed order; answers whether anything did.</summary>
    ValueTask<bool> HappenAsync(CancellationToken cancellationToken);
}
