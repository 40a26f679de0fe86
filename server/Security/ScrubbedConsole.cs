using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Writes the log to the console, with anything that looks like a card number masked (PCI).</summary>
internal sealed class ScrubbedConsole() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "scrubbed";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {Level(logEntry.LogLevel)} {logEntry.Category}: {text}");
        textWriter.WriteLine(CardNumber.Scrub(logEntry.Exception is null ? line : $"{line}{Environment.NewLine}{logEntry.Exception}"));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "dbug",
    };
}
