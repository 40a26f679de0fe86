using System.Globalization;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CentralPay.Workflows.Server.Telemetry;

/// <summary>Sends spans and figures to the collector that is configured, as long as the server runs.</summary>
internal sealed class TelemetryHost(IOptions<TelemetryOptions> options, WorkFigures work) : BackgroundService
{
    private const int MostMetricsSeconds = 3600;

    private TracerProvider? spans;
    private MeterProvider? figures;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (!Uri.TryCreate(options.Value.OtlpEndpoint, UriKind.Absolute, out var collector) || collector.Scheme is not ("http" or "https"))
        {
            throw new RefusedToStartException($"The setting Telemetry:OtlpEndpoint is {options.Value.OtlpEndpoint}; it must be an address such as http://collector:4318.");
        }

        if (options.Value.MetricsSeconds is < 1 or > MostMetricsSeconds)
        {
            throw new RefusedToStartException($"The setting Telemetry:MetricsSeconds is {options.Value.MetricsSeconds}; it must be from 1 to {MostMetricsSeconds}.");
        }

        var instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        var resource = ResourceBuilder.CreateDefault().AddService(options.Value.ServiceName, serviceInstanceId: instance);
        spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(EngineTelemetry.Name, DeliveryTelemetry.Name)
            .AddOtlpExporter(exporter => To(exporter, "v1/traces"))
            .Build();
        figures = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(EngineTelemetry.Name, DeliveryTelemetry.Name, StorageTelemetry.Name, WorkFigures.Name)
            .AddOtlpExporter((exporter, reader) =>
            {
                To(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.Value.MetricsSeconds * 1000;
            })
            .Build();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What has not left yet leaves now.
        spans?.Dispose();
        figures?.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        work.WatchAsync(TimeSpan.FromSeconds(options.Value.MetricsSeconds), stoppingToken);

    private void To(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{options.Value.OtlpEndpoint.TrimEnd('/')}/{path}");
    }
}
