namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Wakes the workers of this process; many signals while one runs are one.</summary>
public sealed class WorkSignal : IWorkSignal, IDisposable
{
    private readonly SemaphoreSlim _gate = new(0, 1);
    private readonly Lock _setting = new();

    /// <inheritdoc />
    public void Set()
    {
        lock (_setting)
        {
            if (_gate.CurrentCount == 0)
                _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        await _gate.WaitAsync(atMost, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();
}
