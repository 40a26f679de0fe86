namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>Lets one simulation of a merchant run at a time, and few in the process: real cases run on the same machine.</summary>
public sealed class SimulationGate
{
    /// <summary>Simulations that run side by side in the process, at the most.</summary>
    public const int MostAtOnce = 2;

    private readonly HashSet<Guid> running = [];

    /// <summary>Begins a simulation, which ends with what is answered. Throws <see cref="SimulationBusyException"/> where another one must end first.</summary>
    public IDisposable Enter(Guid merchantId)
    {
        lock (running)
        {
            return running.Count < MostAtOnce && running.Add(merchantId) ? new Turn(this, merchantId) : throw new SimulationBusyException();
        }
    }

    private void Leave(Guid merchantId)
    {
        lock (running)
        {
            running.Remove(merchantId);
        }
    }

    private sealed class Turn(SimulationGate gate, Guid merchantId) : IDisposable
    {
        public void Dispose() => gate.Leave(merchantId);
    }
}

/// <summary>The merchant simulates already, or as many others do as the process bears: asked again later, it may run.</summary>
public sealed class SimulationBusyException() : Exception("Another simulation is running.");
