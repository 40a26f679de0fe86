namespace CentralPay.Workflows.Sandbox.Time;

/// <summary>Wakes the background loop after each commit; rings in between are merged into one.</summary>
public sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        lock (_bell)
        {
            if (_bell.CurrentCount == 0) _bell.Release();
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken stopping) => _bell.WaitAsync(longest, stopping);

    public void Dispose() => _bell.Dispose();
}
