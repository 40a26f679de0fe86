using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Writes the case's state as compact JSON: short names, nothing that the compiled scenario knows already.</summary>
internal static class StateJson
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>A value as it is now, whatever becomes of the object it came from.</summary>
    public static JsonFragment Freeze(object value) => new(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), EngineJson.Kept));

    public static byte[] Write(CaseState state)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = EngineJson.Options.Encoder }))
            Write(json, state);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CaseState state)
    {
        json.WriteStartObject();
        json.WriteNumber("n"u8, state.NextNumber);
        if (state.StartInput.Length > 0)
        {
            json.WritePropertyName("i"u8);
            json.WriteRawValue(state.StartInput.Span, skipInputValidation: true);
        }

        if (state.Variables.Count > 0)
            WriteValues(json, "v"u8, state.Variables);
        if (state.StepOutputs.Count > 0)
        {
            json.WriteStartObject("o"u8);
            foreach (var (nodeId, outputs) in state.StepOutputs)
                WriteValues(json, nodeId, outputs);
            json.WriteEndObject();
        }

        json.WriteStartArray("s"u8);
        foreach (var step in state.Steps)
            WriteStep(json, step);
        json.WriteEndArray();
        WriteBookmarks(json, state.Bookmarks);
        WriteHalted(json, state.Halted);
        WriteHeld(json, state.Held);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, Authoring.ActivityExecutionContext step)
    {
        json.WriteStartObject();
        json.WriteNumber("k"u8, step.Number);
        json.WriteString("a"u8, step.NodeId);
        if (step.OwnerNumber != 0)
            json.WriteNumber("w"u8, step.OwnerNumber);
        json.WriteNumber("t"u8, (int)step.Status);
        if (step.CompletionCallback is not null)
            json.WriteString("c"u8, step.CompletionCallback);
        if (step.StartsCase)
            json.WriteBoolean("x"u8, true);
        if (step.StartNode is not null && step.Status is (StepStatus.Pending or StepStatus.Faulted))
            json.WriteString("b"u8, step.StartNode.Id);
        if (step.Properties is { Count: > 0 })
            WriteValues(json, "p"u8, step.Properties);
        if (step.Fault is { } fault)
        {
            json.WriteStartObject("f"u8);
            json.WriteString("i"u8, fault.IncidentId);
            if (fault.Callback is not null)
                json.WriteString("c"u8, fault.Callback);
            if (fault.InputJson is not null)
                json.WriteString("j"u8, fault.InputJson);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBookmarks(Utf8JsonWriter json, List<OpenBookmark> bookmarks)
    {
        if (bookmarks.Count == 0)
            return;
        json.WriteStartArray("b"u8);
        foreach (var bookmark in bookmarks)
        {
            json.WriteStartObject();
            json.WriteString("i"u8, bookmark.Id);
            json.WriteNumber("s"u8, bookmark.StepNumber);
            json.WriteString("n"u8, bookmark.Name);
            if (bookmark.Callback is not null)
                json.WriteString("c"u8, bookmark.Callback);
            if (bookmark.DueAt is { } dueAt)
                json.WriteNumber("d"u8, dueAt.UtcTicks);
            json.WriteNumber("t"u8, bookmark.CreatedAt.UtcTicks);
            if (!bookmark.AutoBurn)
                json.WriteBoolean("k"u8, true);
            if (!bookmark.AutoComplete)
                json.WriteBoolean("m"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHalted(Utf8JsonWriter json, List<HaltedWork> halted)
    {
        if (halted.Count == 0)
            return;
        json.WriteStartArray("h"u8);
        foreach (var work in halted)
        {
            json.WriteStartObject();
            if (work.NodeId is not null)
                json.WriteString("a"u8, work.NodeId);
            WriteWork(json, work.Kind, work.IncidentId, work.BookmarkId, work.InputJson, work.IsTimer);
        }

        json.WriteEndArray();
    }

    private static void WriteHeld(Utf8JsonWriter json, List<HeldWork> held)
    {
        if (held.Count == 0)
            return;
        json.WriteStartArray("q"u8);
        foreach (var work in held)
        {
            json.WriteStartObject();
            WriteWork(json, work.Kind, work.IncidentId, work.BookmarkId, work.InputJson, work.IsTimer);
        }

        json.WriteEndArray();
    }

    /// <summary>The state with a piece of work more that an incident keeps, where it cannot be read as its scenario's; null where it is no JSON at all.</summary>
    public static byte[]? WithHalted(ReadOnlyMemory<byte> state, HaltedWork work)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteHalted(json, [work]);
            json.WriteEndObject();
        }

        try
        {
            var added = (JsonArray)JsonNode.Parse(buffer.WrittenSpan)!["h"]!;
            if (state.Length == 0 || JsonNode.Parse(state.Span) is not JsonObject kept)
                return null;
            if (kept["h"] is JsonArray halted)
                halted.Add(added[0]!.DeepClone());
            else
                kept["h"] = added.DeepClone();
            return JsonSerializer.SerializeToUtf8Bytes(kept);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The state in which one incident decides what another one did.</summary>
    public static byte[] Renamed(ReadOnlyMemory<byte> state, Guid incidentId, Guid next) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(state.Span).Replace(incidentId.ToString(), next.ToString(), StringComparison.Ordinal));

    /// <summary>What a piece of work that waits is made of, up to the end of its object.</summary>
    private static void WriteWork(Utf8JsonWriter json, WorkKind kind, Guid? incidentId, Guid? bookmarkId, string? inputJson, bool isTimer)
    {
        json.WriteNumber("k"u8, (int)kind);
        if (incidentId is { } incident)
            json.WriteString("i"u8, incident);
        if (bookmarkId is { } bookmark)
            json.WriteString("b"u8, bookmark);
        if (inputJson is not null)
            json.WriteString("j"u8, inputJson);
        if (isTimer)
            json.WriteBoolean("t"u8, true);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, ReadOnlySpan<byte> name, Dictionary<string, object?> values)
    {
        json.WritePropertyName(name);
        WriteMembers(json, values);
    }

    private static void WriteValues(Utf8JsonWriter json, string name, Dictionary<string, object?> values)
    {
        json.WritePropertyName(name);
        WriteMembers(json, values);
    }

    private static void WriteMembers(Utf8JsonWriter json, Dictionary<string, object?> values)
    {
        json.WriteStartObject();
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            switch (value)
            {
                case null: json.WriteNullValue(); break;
                case string text: json.WriteStringValue(text); break;
                case bool truth: json.WriteBooleanValue(truth); break;
                case int number: json.WriteNumberValue(number); break;
                case JsonFragment fragment: json.WriteRawValue(fragment.Utf8.Span, skipInputValidation: true); break;
                default: JsonSerializer.Serialize(json, value, value.GetType(), EngineJson.Kept); break;
            }
        }

        json.WriteEndObject();
    }
}
