namespace CentralPay.Workflows.Server.Logs;

/// <summary>How a line of the log is written; the <c>Logs</c> section.</summary>
public enum LogFormat
{
    /// <summary>For whoever sits before it.</summary>
    Text,

    /// <summary>For what collects logs: one JSON object a line.</summary>
    Json,
}

/// <summary>Settings of the log; levels stand in <c>Logging:LogLevel</c>.</summary>
public sealed class LogsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Logs";

    /// <summary>How a line is written; unset: text in Development, JSON elsewhere.</summary>
    public LogFormat? Format { get; init; }
}
