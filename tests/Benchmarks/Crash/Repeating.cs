namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>Calls of programs to a house that may be struck just then: what fails is called again, as programs do.</summary>
internal sealed class Repeating
{
    /// <summary>How long a program waits before it calls again, or looks again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private int calls;

    /// <summary>Calls that had to be made again.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Why the last of them had to.</summary>
    public string LastTrouble { get; private set; } = "none";

    public async Task UntilDoneAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Interlocked.Increment(ref calls);
                LastTrouble = broken.Message;
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
