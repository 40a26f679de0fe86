namespace CentralPay.Workflows.Server.Telemetry;

/// <summary>Where spans and figures go; section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>An OpenTelemetry collector, spoken to in OTLP over HTTP (<c>http://collector:4318</c>). Empty: nothing is collected.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>What this installation is called there.</summary>
    public string ServiceName { get; set; } = "centralpay-workflows";

    /// <summary>How often figures are sent, in seconds.</summary>
    public int MetricsSeconds { get; set; } = 15;
}
