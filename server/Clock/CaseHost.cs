using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>Runs cases day and night, and fires their timers by business time.</summary>
internal sealed class CaseHost(CaseWorker worker) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => worker.RunAsync(stoppingToken), stoppingToken);
}
