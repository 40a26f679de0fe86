using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Writes the log for what collects logs: a JSON object a line, with case and merchant, and the span it was written in.</summary>
internal sealed class JsonConsole() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "collectors";
    private const string Template = "{OriginalFormat}";

    // Lines go to a log, not into a page: letters stay as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeProvider.System.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", LogScrub.Of(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            WriteSubject(json, LogSubject.Of(scopeProvider));
            WriteValues(json, logEntry.State);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", LogScrub.Of(exception.ToString()));
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteSubject(Utf8JsonWriter json, LogSubject about)
    {
        if (about.Case is { } id)
        {
            json.WriteString("case", id);
        }

        if (about.Merchant is { } merchant)
        {
            json.WriteString("merchant", merchant);
        }

        if (Activity.Current is { } span)
        {
            json.WriteString("trace", span.TraceId.ToHexString());
            json.WriteString("span", span.SpanId.ToHexString());
        }
    }

    private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || values.All(value => value.Key == Template))
        {
            return;
        }

        json.WriteStartObject("values");
        foreach (var (name, value) in values.Where(value => value.Key != Template).DistinctBy(value => value.Key))
        {
            json.WriteString(name, LogScrub.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        }

        json.WriteEndObject();
    }
}
