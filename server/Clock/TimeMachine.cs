using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.SandboxProcess;
using CentralPay.Workflows.Storage.Clock;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>
/// Moves business time ahead: to the earliest thing due here or in the sandbox, lets both do all it sets off, and repeats
/// until the target. So everything happens at its own time and in its own order, however long the jump.
/// </summary>
internal sealed class TimeMachine(
    BusinessClock clock, IClockOffsetStore offsets, IWorkQueue timers, IOutboxQueue outbox, Settling settling, GatewaySweep sweep,
    SandboxClient sandbox, IOptions<SandboxRunOptions> sandboxRun, IMerchantDirectory directory, ICollectionFeed feed, IOptions<TimeMachineOptions> options) : ITimeMachine, IDisposable
{
    private const int MostDaysAhead = 366;

    /// <summary>What falls due within it is taken as one stop: hundreds of cases begun by one import wait to almost the same instant.</summary>
    private static readonly TimeSpan OneStop = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1, 1);

    public bool IsEnabled => options.Value.Enabled;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<TimeTravel> MoveToAsync(DateTimeOffset target, IProgress<TimeTravel>? progress, CancellationToken cancellationToken = default)
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("The time machine is switched off here.");
        }

        if (!await turn.WaitAsync(0, cancellationToken))
        {
            throw new InvalidOperationException("A jump is under way.");
        }

        try
        {
            return await TravelAsync(target.ToUniversalTime(), progress, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<TimeTravel> TravelAsync(DateTimeOffset target, IProgress<TimeTravel>? progress, CancellationToken cancellationToken)
    {
        var from = Now;
        if (target <= from)
        {
            throw RuleViolationException.Of("to", "clock-forward-only");
        }

        if (target > from.AddDays(MostDaysAhead))
        {
            throw RuleViolationException.Of("days", "days-out-of-range");
        }

        var travel = await SettleAsync(new TimeTravel(from, from, target, 0, 0, 0, 0, false), cancellationToken);
        while (travel.Stops < options.Value.MostStops)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var due = await NextDueAsync(cancellationToken);
            var stop = due is { } next && next < target ? Later(next, Now) + OneStop : target;
            stop = stop > target ? target : stop;
            await SetAsync(stop, cancellationToken);
            travel = await SettleAsync(travel with { Now = stop, Stops = travel.Stops + 1 }, cancellationToken);
            progress?.Report(travel);
            await TellAsync(cancellationToken);
            if (stop == target)
            {
                return travel with { IsComplete = true };
            }
        }

        return travel;
    }

    private async Task SetAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await offsets.SaveAsync(clock.MoveTo(instant), cancellationToken);
        if (sandboxRun.Value.Run)
        {
            await sandbox.MoveClockAsync(Later(instant, (await sandbox.ReadClockAsync(cancellationToken)).Now), cancellationToken);
        }
    }

    private async Task<TimeTravel> SettleAsync(TimeTravel travel, CancellationToken cancellationToken)
    {
        await sweep.RunAsync(cancellationToken);
        var settled = await settling.RunAsync(Now, cancellationToken);
        return travel with { Timers = travel.Timers + settled.Timers, Bursts = travel.Bursts + settled.Bursts, Effects = travel.Effects + settled.Effects };
    }

    private async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        var inSandbox = sandboxRun.Value.Run ? (await sandbox.ReadClockAsync(cancellationToken)).NextDue : null;
        DateTimeOffset?[] instants = [await timers.NextTimerDueAsync(cancellationToken), await outbox.NextDueAsync(cancellationToken), inSandbox];
        return instants.Min();
    }

    /// <summary>An empty batch: pages read their figures again, for the day may have changed.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var merchantId in await directory.AllAsync(cancellationToken))
        {
            feed.Publish(merchantId, []);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
