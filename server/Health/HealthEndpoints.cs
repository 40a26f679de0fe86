using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Storage.Databases;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CentralPay.Workflows.Server.Health;

/// <summary>Whether the process lives, and whether it can work.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database", tags: [Ready]).AddCheck<PluginsAreWhole>("plugins", tags: [Ready]);
        return services;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    private sealed class DatabaseAnswers(Database database) : IHealthCheck
    {
        private const int AnswersWithinSeconds = 5;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT count(*) FROM merchants WHERE 1 = 0";
                command.CommandTimeout = AnswersWithinSeconds;
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException or IOException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", failure);
            }
        }
    }

    /// <summary>A plugin that cannot be used keeps the server from nothing; who watches it should know.</summary>
    private sealed class PluginsAreWhole(IPlugins plugins) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var broken = plugins.All.Where(plugin => plugin.Problems.Count > 0).Select(plugin => plugin.File).ToList();
            return Task.FromResult(broken.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"Something is wrong with the plugins {string.Join(", ", broken)}."));
        }
    }
}
