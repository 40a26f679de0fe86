using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Writes the log for people: a line with time of day, level and text, and the case it is about.</summary>
internal sealed class TextConsole() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "people";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var about = LogSubject.Of(scopeProvider).Case is { } id && !text.Contains(id.ToString(), StringComparison.Ordinal) ? $" (case {id})" : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {Level(logEntry.LogLevel)} {logEntry.Category}: {text}{about}");
        textWriter.WriteLine(LogScrub.Of(logEntry.Exception is null ? line : $"{line}{Environment.NewLine}{logEntry.Exception}"));
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
