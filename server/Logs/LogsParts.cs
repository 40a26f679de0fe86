using Microsoft.Extensions.Logging.Console;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Brings the log to the console, in one of our two forms; both mask what must not stand in a log.</summary>
internal static class LogsParts
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var format = builder.Configuration.GetSection(LogsOptions.Section).Get<LogsOptions>()?.Format ?? (builder.Environment.IsDevelopment() ? LogFormat.Text : LogFormat.Json);
        builder.Logging
            .AddConsole(console => console.FormatterName = format == LogFormat.Json ? JsonConsole.FormatterName : TextConsole.FormatterName)
            .AddConsoleFormatter<TextConsole, ConsoleFormatterOptions>()
            .AddConsoleFormatter<JsonConsole, ConsoleFormatterOptions>();
    }
}
