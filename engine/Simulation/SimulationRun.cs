using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;

namespace CentralPay.Workflows.Engine.Simulation;

/// <summary>
/// Runs cases in memory as the real ones are run, burst by burst, while time jumps to the next instant at which anything is
/// due. Equal beginnings take an equal course.
/// </summary>
public sealed class SimulationRun(MemoryEngineStore store, CaseWorker worker, SimulatedClock clock, ISimulatedOutside outside)
{
    /// <summary>Jumps of time in one run, at the most: a scenario that looks every minute would take a year's half million.</summary>
    public const int MaxJumps = 10_000;

    /// <summary>Pieces of work at one instant, at the most: a scenario that sets itself off again and again has no end of them.</summary>
    public const int MaxWorkAtOnce = 50_000;

    // What failed is tried again after a while; nothing else says when.
    private static readonly TimeSpan UntilTriedAgain = TimeSpan.FromMinutes(1);

    /// <summary>Runs until an instant, or until nothing can happen any more. False where it was cut short by <see cref="MaxJumps"/> or <see cref="MaxWorkAtOnce"/>.</summary>
    public async Task<bool> UntilAsync(DateTimeOffset end, CancellationToken cancellationToken = default)
    {
        for (var jumps = 0; jumps < MaxJumps; jumps++)
        {
            if (!await SettleAsync(cancellationToken))
                return false;
            if (await NextAsync(cancellationToken) is not { } next || next > end)
                return true;
            if (next > clock.GetUtcNow())
                clock.MoveTo(next);
        }

        return false;
    }

    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        for (var left = MaxWorkAtOnce; left > 0;)
        {
            var ran = await worker.DrainAsync(left, cancellationToken);
            if (!await outside.HappenAsync(cancellationToken) && ran == 0)
                return true;
            left -= Math.Max(ran, 1);
        }

        return false;
    }

    private async ValueTask<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var timer = await store.NextTimerDueAsync(cancellationToken);
        var next = (timer, outside.NextDue) switch
        {
            ({ } one, { } other) => one < other ? one : other,
            var (one, other) => one ?? other,
        };
        var tried = await store.DepthAsync(cancellationToken) > 0 ? clock.GetUtcNow() + UntilTriedAgain : (DateTimeOffset?)null;
        return tried < next || next is null ? tried ?? next : next;
    }
}
