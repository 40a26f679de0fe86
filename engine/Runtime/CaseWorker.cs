using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Takes work off the queue and runs it, each item in a scope of its tenant.</summary>
public sealed partial class CaseWorker(IWorkQueue queue, ITenantScopes scopes, IWorkSignal signal, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits, ILogger<CaseWorker> logger)
{
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():N}";

    /// <summary>Fires due timers and runs until nothing is left that can be run now; answers how many items it ran.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken = default)
    {
        var ran = 0;
        while (true)
        {
            var fired = await queue.FireDueTimersAsync(clock.GetUtcNow(), limits.TimerBatch, cancellationToken);
            var items = await queue.ClaimAsync(_owner, limits.ClaimBatch, limits.Lease, cancellationToken);
            if (items.Count == 0 && fired == 0)
                return ran;
            foreach (var item in items)
                await RunAsync(item, cancellationToken);
            ran += items.Count;
        }
    }

    /// <summary>Works until told to end, woken by the signal, and by the poll interval where a signal was lost.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await queue.FireDueTimersAsync(clock.GetUtcNow(), limits.TimerBatch, cancellationToken);
                var items = await queue.ClaimAsync(_owner, limits.ClaimBatch, limits.Lease, cancellationToken);
                if (items.Count == 0)
                    await signal.WaitAsync(limits.PollInterval, cancellationToken);
                else
                    await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = limits.Parallelism, CancellationToken = cancellationToken }, async (item, token) => await RunAsync(item, token));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The store is away; the items come back when their leases end.
                LogQueueFailed(exception);
                await signal.WaitAsync(limits.PollInterval, cancellationToken);
            }
        }
    }

    /// <summary>Runs one claimed item; what fails is given back, and after too many tries becomes an incident.</summary>
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            await InScopeAsync(item, runner => runner.RunAsync(item, cancellationToken));
        }
        catch (DuplicateStartException)
        {
            await InScopeAsync(item, runner => runner.CompleteAsync(item, cancellationToken));
        }
        catch (LeaseLostException exception)
        {
            LogLeaseLost(item.Id, exception);
        }
        catch (RevisionConflictException exception) when (item.Attempts < limits.MaxAttempts)
        {
            await queue.ReleaseAsync(item, TimeSpan.Zero, exception.Message, cancellationToken);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            LogItemFailed(item.Id, item.CaseId, item.Attempts, exception);
            if (item.Attempts >= limits.MaxAttempts)
                await GiveUpAsync(item, exception, cancellationToken);
            else
                await queue.ReleaseAsync(item, Backoff(item.Attempts), exception.Message, cancellationToken);
        }
    }

    private async Task GiveUpAsync(WorkItem item, Exception cause, CancellationToken cancellationToken)
    {
        try
        {
            await InScopeAsync(item, runner => runner.GiveUpAsync(item, cause, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogItemFailed(item.Id, item.CaseId, item.Attempts, exception);
            await queue.ReleaseAsync(item, Backoff(item.Attempts), exception.Message, cancellationToken);
        }
    }

    private async Task InScopeAsync(WorkItem item, Func<CaseRunner, Task> run)
    {
        await using var scope = scopes.Open(item.TenantId);
        await run(new CaseRunner(scope.Services, compiled, clock, limits));
    }

    /// <summary>1, 2, 4 ... at most 60 seconds.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Clamp(attempts - 1, 0, 6)));

    [LoggerMessage(LogLevel.Warning, "The work item {ItemId} was taken over by another worker.")]
    private partial void LogLeaseLost(Guid itemId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The work item {ItemId} of the case {CaseId} failed at attempt {Attempt}.")]
    private partial void LogItemFailed(Guid itemId, Guid caseId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Error, "The work queue failed.")]
    private partial void LogQueueFailed(Exception exception);
}
