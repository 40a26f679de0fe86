using System.Diagnostics;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Takes work off the queue and runs it, each item in a scope of its tenant.</summary>
public sealed partial class CaseWorker(IWorkQueue queue, ITenantScopes scopes, IWorkSignal signal, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits, ILogger<CaseWorker> logger)
{
    private static readonly TimeSpan FiresAtLeastEvery = TimeSpan.FromSeconds(1);
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():N}";
    private long _firedAt;

    /// <summary>Whether its bursts happen in a simulation only: operators see nothing of them.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Fires due timers and runs until nothing is left that can be run now; answers how many items it ran.</summary>
    public Task<int> DrainAsync(CancellationToken cancellationToken = default) => DrainAsync(int.MaxValue, cancellationToken);

    /// <summary>As <see cref="DrainAsync(CancellationToken)"/>, and stops when so many items were run.</summary>
    public async Task<int> DrainAsync(int most, CancellationToken cancellationToken)
    {
        var ran = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fired = await queue.FireDueTimersAsync(clock.GetUtcNow(), limits.TimerBatch, cancellationToken);
            var items = await queue.ClaimAsync(_owner, limits.ClaimBatch, limits.Lease, cancellationToken);
            foreach (var item in items)
                await RunAsync(item, cancellationToken);
            ran += items.Count;
            if ((items.Count == 0 && fired == 0) || ran >= most)
                return ran;
        }
    }

    /// <summary>Works until told to end, woken by the signal, and by the poll interval where a signal was lost.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var claimed = new ClaimedWork(limits);
        var hands = Enumerable.Range(0, limits.Parallelism).Select(_ => RunClaimedAsync(claimed, cancellationToken)).ToArray();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await ClaimMoreAsync(claimed, cancellationToken))
                    await signal.WaitAsync(limits.PollInterval, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The store is away; the items come back when their leases end.
                LogQueueFailed(exception);
                claimed.LeaveOthers(claimed.DoneSoFar);
                await signal.WaitAsync(limits.PollInterval, cancellationToken).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        claimed.End();
        await Task.WhenAll(hands);
    }

    /// <summary>Claims as many items as there is room for; false where none are wanted, or where no more can be had now.</summary>
    private async Task<bool> ClaimMoreAsync(ClaimedWork claimed, CancellationToken cancellationToken)
    {
        var done = claimed.DoneSoFar;
        if (!claimed.WantsMore)
            return claimed.LeaveOthers(done);

        // Due timers wait as well unfired: as long as the queue is deep, more of them in it would only age there, and what just happened would wait behind them.
        var looks = !claimed.IsQueueDeep || Stopwatch.GetElapsedTime(_firedAt) > FiresAtLeastEvery;
        var fired = 0;
        if (looks)
        {
            _firedAt = Stopwatch.GetTimestamp();
            fired = await queue.FireDueTimersAsync(clock.GetUtcNow(), limits.TimerBatch, cancellationToken);
        }

        // Where nobody looked for timers, or there were as many as could be fired, more of them may be due.
        var room = claimed.Room;
        return claimed.Add(await queue.ClaimAsync(_owner, room, limits.Lease, cancellationToken), room, done) || !looks || fired >= limits.TimerBatch;
    }

    /// <summary>Runs claimed items one after the other. Told to end, it gives back what is not done: it is another's at once, not when its lease ends.</summary>
    private async Task RunClaimedAsync(ClaimedWork claimed, CancellationToken cancellationToken)
    {
        await foreach (var item in claimed.TakeAllAsync())
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await RunAsync(item, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await GiveBackAsync(item);
            }

            // A hand is free, and the next item of the same case can be had.
            if (claimed.Done())
                signal.Set();
        }
    }

    private async Task GiveBackAsync(WorkItem item)
    {
        try
        {
            await queue.ReleaseAsync(item, TimeSpan.Zero, "The worker was told to end.", CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogLeftToItsLease(item.Id, item.CaseId, exception);
        }
    }

    /// <summary>
    /// Runs one claimed item. What fails is given back, and after too many tries becomes an incident; what cannot even be
    /// given back comes back when its lease ends. Nothing but the end of the work is thrown.
    /// </summary>
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        using var span = IsSimulated ? null : EngineTelemetry.Begin(item);
        using var about = EngineLog.About(logger, item.TenantId, item.CaseId);
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            if (item.Attempts > TriesOf(item))
                await GiveUpAsync(item, NeverEnded(item), cancellationToken);
            else
                await InScopeAsync(item, (runner, ends) => runner.RunAsync(item, ends), cancellationToken);
            if (!IsSimulated)
                EngineTelemetry.Committed(item, startedAt);
        }
        catch (Exception exception) when (!IsEnd(exception, cancellationToken))
        {
            if (!IsSimulated)
                EngineTelemetry.Failed(span, exception);
            await FailedAsync(item, exception, cancellationToken);
        }
    }

    private async Task FailedAsync(WorkItem item, Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            switch (failure)
            {
                case DuplicateStartException:
                    await InScopeAsync(item, (runner, ends) => runner.CompleteAsync(item, ends), cancellationToken);
                    break;
                case LeaseLostException:
                    LogLeaseLost(item.Id, failure);
                    break;
                case RevisionConflictException when item.Attempts < TriesOf(item):
                    await queue.ReleaseAsync(item, TimeSpan.Zero, failure.Message, cancellationToken);
                    signal.Set();
                    break;
                case NotBegunException when item.Attempts < TriesOf(item):
                    await queue.ReleaseAsync(item, Backoff(item.Attempts), failure.Message, cancellationToken);
                    break;
                case var _ when item.Attempts == TriesOf(item):
                    LogItemFailed(item.Id, item.CaseId, item.Attempts, failure);
                    await GiveUpAsync(item, failure, cancellationToken);
                    break;
                default:
                    LogItemFailed(item.Id, item.CaseId, item.Attempts, failure);
                    await queue.ReleaseAsync(item, Backoff(item.Attempts), failure.Message, cancellationToken);
                    break;
            }
        }
        catch (LeaseLostException exception)
        {
            LogLeaseLost(item.Id, exception);
        }
        catch (Exception exception) when (!IsEnd(exception, cancellationToken))
        {
            LogLeftToItsLease(item.Id, item.CaseId, exception);
        }
    }

    // A portion of a stimulus only queues: what fails is the store, and nobody else knows who is still to be reached.
    private int TriesOf(WorkItem item) => item.Kind == WorkKind.Spread ? int.MaxValue : limits.MaxAttempts;

    private Task GiveUpAsync(WorkItem item, Exception cause, CancellationToken cancellationToken) =>
        InScopeAsync(item, (runner, ends) => runner.GiveUpAsync(item, cause, ends), cancellationToken);

    private static bool IsEnd(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    // Begun once more than it may be: its last try neither committed nor failed, as when it takes the process with it.
    private static ScenarioFaultException NeverEnded(WorkItem item) =>
        new(IncidentKind.Bug, FaultCauses.NeverEnded, $"This was begun {item.Attempts - 1} times and never ended; the program may have stopped in the middle each time.");

    /// <summary>
    /// Runs something in a scope of the item's tenant. What has not come back when the lease ends is told to end and waited for no
    /// more: a step that hangs keeps neither the hand nor the item, which is another's by then, and what it still commits is refused.
    /// </summary>
    private async Task InScopeAsync(WorkItem item, Func<CaseRunner, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = OpenAsync();
        try
        {
            await running.WaitAsync(limits.Lease, CancellationToken.None);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await ends.CancelAsync();
            _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.NeverCameBack, $"A step was begun and did not come back within {limits.Lease.TotalSeconds:0} seconds.");
        }
        finally
        {
            ends.Dispose();
        }

        async Task OpenAsync()
        {
            await using var scope = scopes.Open(item.TenantId);
            await run(new CaseRunner(scope.Services, compiled, clock, limits), ends.Token);
        }
    }

    /// <summary>1, 2, 4 ... at most 60 seconds.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Clamp(attempts - 1, 0, 6)));

    [LoggerMessage(LogLevel.Warning, "The work item {ItemId} was taken over by another worker.")]
    private partial void LogLeaseLost(Guid itemId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The work item {ItemId} of the case {CaseId} failed at attempt {Attempt}.")]
    private partial void LogItemFailed(Guid itemId, Guid caseId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Error, "The work item {ItemId} of the case {CaseId} could be neither ended nor given back; it comes back when its lease ends.")]
    private partial void LogLeftToItsLease(Guid itemId, Guid caseId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The work queue failed.")]
    private partial void LogQueueFailed(Exception exception);
}
