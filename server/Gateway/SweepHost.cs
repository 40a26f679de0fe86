namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Sweeps once a minute.</summary>
internal sealed class SweepHost(GatewaySweep sweep, ILogger<SweepHost> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "The sweep of the gateway failed; the next one comes in {Interval}.", Interval);
            }
        }
    }
}
