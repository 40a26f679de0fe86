using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Merchants;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>Tells the log, once after each start, what the screen of plugins shows: for whoever just put one there and looks no further.</summary>
internal sealed class PluginReport(IPlugins plugins, IMerchantDirectory merchants, ITenantScopes scopes, ILogger<PluginReport> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var plugin in plugins.All)
        {
            log.LogInformation("The plugin {File} brought {Count} activities.", plugin.File, plugin.Activities.Count);
            foreach (var problem in plugin.Problems)
            {
                log.LogWarning("The plugin {File}: {Problem}", plugin.File, PluginSentence.Of(problem));
            }
        }

        try
        {
            foreach (var merchant in await merchants.AllAsync(stoppingToken))
            {
                await ReportWaitsAsync(merchant, stoppingToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Whether cases wait at activities that have changed could not be found out; the screen of plugins tries again.");
        }
    }

    private async Task ReportWaitsAsync(Guid merchant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(merchant);
        foreach (var wait in await scope.Services.GetRequiredService<StrandedWaits>().ListAsync(cancellationToken))
        {
            log.LogWarning("{Change} Cases that wait there: {Cases}, in {Scenario} version {Version} of the merchant {Merchant}.", PluginSentence.Of(wait), wait.Cases, wait.Scenario, wait.Version, merchant);
        }
    }
}
