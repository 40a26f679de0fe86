using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>Runs cases until nothing is left that can run now, whoever runs them.</summary>
internal sealed class CaseRunning(CaseWorker worker, IWorkQueue queue)
{
    private const int TimerBatch = 500;
    private const int MostWaits = 200;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    /// <summary>Fires the timers due at an instant; answers how many.</summary>
    public async Task<int> FireTimersAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fired = 0;
        int some;
        do
        {
            some = await queue.FireDueTimersAsync(now, TimerBatch, cancellationToken);
            fired += some;
        }
        while (some > 0);

        return fired;
    }

    /// <summary>Runs what can be run; answers how many items there were. Items that the background worker holds are waited for.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var ran = 0;
        for (var waits = 0; waits < MostWaits;)
        {
            var now = await worker.DrainAsync(cancellationToken);
            ran += now;
            if (await queue.DepthAsync(cancellationToken) == 0)
            {
                break;
            }

            // Held by the background worker, or resting after a failure: look again shortly, not for ever.
            waits += now == 0 ? 1 : 0;
            await Task.Delay(Look, cancellationToken);
        }

        return ran;
    }
}
