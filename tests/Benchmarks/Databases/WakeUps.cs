using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>Wakes those who run cases and those who work the outbox, as the server does.</summary>
internal sealed class WakeUps : IWorkSignal, IEffectSignal, IDisposable
{
    private readonly WorkSignal cases = new();
    private readonly WorkSignal outbox = new();

    public void Set() => cases.Set();

    public void SetEffects() => outbox.Set();

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => cases.WaitAsync(atMost, cancellationToken);

    public ValueTask WaitForEffectsAsync(TimeSpan atMost, CancellationToken cancellationToken) => outbox.WaitAsync(atMost, cancellationToken);

    public void Dispose()
    {
        cases.Dispose();
        outbox.Dispose();
    }
}
