using CentralPay.Workflows.Server.Composition;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>Works the outbox day and night: woken after each commit that left something due, and by a slow poll.</summary>
internal sealed class OutboxWorker(OutboxDispatcher dispatcher, WakeUps signal, IOptions<OutboxOptions> options, ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await dispatcher.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What is due was taken whole, but for full lanes, which wake us when they have room again.
                if (await dispatcher.StartDueAsync(stoppingToken) < options.Value.ClaimLimit)
                {
                    await signal.WaitForEffectsAsync(poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The outbox could not be read; trying again in {Pause}.", PauseAfterTrouble);
                await Task.Delay(PauseAfterTrouble, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
