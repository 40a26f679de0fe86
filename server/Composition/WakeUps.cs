using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>Wakes both kinds of workers after a commit: those that run cases, and those that work the outbox.</summary>
internal sealed class WakeUps : IWorkSignal, IDisposable
{
    private readonly WorkSignal cases = new();
    private readonly WorkSignal outbox = new();

    public void Set()
    {
        cases.Set();
        outbox.Set();
    }

    /// <summary>Waits for work of cases.</summary>
    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => cases.WaitAsync(atMost, cancellationToken);

    /// <summary>Waits for effects.</summary>
    public ValueTask WaitForEffectsAsync(TimeSpan atMost, CancellationToken cancellationToken) => outbox.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        cases.Dispose();
        outbox.Dispose();
    }
}
