using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>Wakes workers after a commit that left them something: those that run cases, those that work the outbox.</summary>
internal sealed class WakeUps : IWorkSignal, IEffectSignal, IDisposable
{
    private readonly WorkSignal cases = new();
    private readonly WorkSignal outbox = new();

    public void Set() => cases.Set();

    public void SetEffects() => outbox.Set();

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
