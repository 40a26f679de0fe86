using System.Collections.Concurrent;
using CentralPay.Workflows.Payments.Effects;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>
/// Hands claimed effects to their lanes. Each lane has its own queue and few tries at once, so that a destination that
/// does not answer holds up nobody else.
/// </summary>
internal sealed class OutboxDispatcher(IOutboxQueue queue, EffectDelivery delivery, IEffectSignal signal, TimeProvider time, IOptions<OutboxOptions> options, ILogger<OutboxDispatcher> log) : IDisposable
{
    private const int MostDrainRounds = 10_000;
    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim claiming = new(1, 1);
    private readonly Lock idleLock = new();
    private TaskCompletionSource idle = Completed();
    private int running;
    private long finished;

    /// <summary>How many tries have ended since the start.</summary>
    public long Finished => Interlocked.Read(ref finished);

    /// <summary>Takes what is due, once, and starts it; answers how many were taken.</summary>
    public async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        await claiming.WaitAsync(cancellationToken);
        try
        {
            var lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
            var claimedAt = TimeProvider.System.GetTimestamp();
            var claimed = await queue.ClaimAsync(owner, time.GetUtcNow(), options.Value.ClaimLimit, options.Value.PerLane, lease, cancellationToken);
            foreach (var effect in claimed)
            {
                Begin();
                var lane = lanes.GetOrAdd(effect.Lane, _ => new Lane(options.Value.AtOncePerLane));
                _ = RunAsync(lane, effect, claimedAt, lease);
            }

            return claimed.Count;
        }
        finally
        {
            claiming.Release();
        }
    }

    /// <summary>Does everything due at the present business instant, and what falls due by it.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostDrainRounds; round++)
        {
            var started = await StartDueAsync(cancellationToken);
            var wasIdle = Volatile.Read(ref running) == 0;
            await WhenIdleAsync().WaitAsync(cancellationToken);
            if (started == 0 && wasIdle)
            {
                return;
            }
        }
    }

    /// <summary>Done when no try runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (idleLock)
        {
            return idle.Task;
        }
    }

    public void Dispose() => claiming.Dispose();

    private async Task RunAsync(Lane lane, Effect effect, long claimedAt, TimeSpan lease)
    {
        await lane.Turns.WaitAsync();
        try
        {
            // Waited too long behind a slow destination: somebody else may hold it by now.
            if (TimeProvider.System.GetElapsedTime(claimedAt) < lease / 2)
            {
                await delivery.RunAsync(effect);
            }
        }
        catch (Exception failure)
        {
            // The lease runs out and the effect is taken again; nothing is lost.
            log.LogError(failure, "The effect {Key} of merchant {Merchant} could not be settled; it is taken again when its lease ends.", effect.Key, effect.MerchantId);
        }
        finally
        {
            lane.Turns.Release();
            Interlocked.Increment(ref finished);
            End();

            // Its lane has room, and more may wait for that.
            signal.SetEffects();
        }
    }

    private void Begin()
    {
        lock (idleLock)
        {
            if (running++ == 0)
            {
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private void End()
    {
        lock (idleLock)
        {
            if (--running == 0)
            {
                idle.SetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private sealed class Lane(int atOnce)
    {
        public SemaphoreSlim Turns { get; } = new(atOnce, atOnce);
    }
}
