using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>
/// How a case keeps values that no type is declared for: what JSON has no word for (an instant, a span, an amount of the host's)
/// stands beside the name of its kind, <c>{"$is":"timestamp","value":"…"}</c>, and is what it was when it is read again.
/// Within a case alone: what leaves it is plain JSON.
/// </summary>
internal static class KeptKinds
{
    private const string KindMember = "$is";
    private const string ValueMember = "value";

    private static readonly ConcurrentDictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["timestamp"] = typeof(DateTimeOffset),
        ["duration"] = typeof(TimeSpan),
        ["uint"] = typeof(ulong),
        ["double"] = typeof(double),
        ["bytes"] = typeof(byte[]),
    };

    private static readonly ConcurrentDictionary<Type, string> Names = new(Types.Select(kind => KeyValuePair.Create(kind.Value, kind.Key)));

    /// <summary>As <see cref="EngineJson.Kept"/>, where what is declared as an object keeps its kind.</summary>
    public static JsonSerializerOptions Options { get; } = new(EngineJson.Kept) { Converters = { new AnythingConverter() } };

    /// <summary>Lets values of a type of the host be kept under a name; where two types want one name, the first has it.</summary>
    public static void Add(string name, Type type)
    {
        if (Types.GetOrAdd(name, type) == type)
            Names.TryAdd(type, name);
    }

    /// <summary>Whether a type holds values of any kind, itself or as its items.</summary>
    public static bool HoldsAnything(Type type) =>
        type == typeof(object) || Descriptors.TypeAliases.ElementOf(type) == typeof(object) || type == typeof(IDictionary<string, object>);

    /// <summary>A value as it is now, in a place that no type is declared for.</summary>
    public static object? Keep(object? value) => value is null or string or bool or int or long or decimal or JsonElement or JsonFragment
        ? value
        : new JsonFragment(JsonSerializer.SerializeToUtf8Bytes<object>(value, Options));

    /// <summary>Whether a kind stands anywhere in it.</summary>
    public static bool AreIn(ReadOnlySpan<byte> json) => json.IndexOf("\"$is\""u8) >= 0;

    /// <summary>Whether a kind stands anywhere in it.</summary>
    public static bool AreIn(JsonElement json) => json.ValueKind is JsonValueKind.Object or JsonValueKind.Array && AreIn(JsonMarshal.GetRawUtf8Value(json));

    /// <summary>The value that stands beside its kind; false where there is no such thing.</summary>
    public static bool TryRead(JsonElement json, out object? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(KindMember, out var kind) || kind.ValueKind != JsonValueKind.String
            || !json.TryGetProperty(ValueMember, out var written) || json.GetPropertyCount() != 2 || !Types.TryGetValue(kind.GetString()!, out var type))
        {
            return false;
        }

        try
        {
            value = written.Deserialize(type, EngineJson.Options);
            return value is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            // It only looked like one of ours.
            return false;
        }
    }

    /// <summary>The values as they were, in maps and lists; what needs no kind stays JSON.</summary>
    public static object? Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when TryRead(json, out var value) => value,
        JsonValueKind.Object when AreIn(json) => json.EnumerateObject().ToDictionary(member => member.Name, member => Values(member.Value)),
        JsonValueKind.Array when AreIn(json) => json.EnumerateArray().Select(Values).ToArray(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        _ => json,
    };

    /// <summary>The same without the kinds, as others read it.</summary>
    public static JsonElement Plain(JsonElement json) => AreIn(json) ? JsonSerializer.SerializeToElement(Values(json), EngineJson.Options) : json;

    private sealed class AnythingConverter : JsonConverter<object>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var json = JsonElement.ParseValue(ref reader);
            return AreIn(json) ? Values(json) : json;
        }

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            value = value switch
            {
                DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
                float number => (double)number,
                uint number => (ulong)number,
                _ => value,
            };
            var type = value.GetType();
            if (Names.TryGetValue(type, out var name))
                WriteKind(writer, name, value, type);
            else if (type == typeof(object))
                WriteMembers(writer, [], options);
            else if (value is IReadOnlyDictionary<string, object?> members)
                WriteMembers(writer, members, options);
            else if (value is IDictionary map and not JsonNode)
                WriteMembers(writer, map.Keys.Cast<object>().Select(key => KeyValuePair.Create(ValueConversion.To<string>(key)!, map[key])), options);
            else if (value is IEnumerable items and not (string or JsonNode))
                WriteItems(writer, items, options);
            else
                JsonSerializer.Serialize(writer, value, type, options);
        }

        private void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                WriteOrNull(writer, value, options);
            }

            writer.WriteEndObject();
        }

        private void WriteItems(Utf8JsonWriter writer, IEnumerable items, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in items)
                WriteOrNull(writer, item, options);
            writer.WriteEndArray();
        }

        private void WriteOrNull(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
        {
            if (value is null)
                writer.WriteNullValue();
            else
                Write(writer, value, options);
        }

        private static void WriteKind(Utf8JsonWriter writer, string name, object value, Type type)
        {
            writer.WriteStartObject();
            writer.WriteString(KindMember, name);
            writer.WritePropertyName(ValueMember);
            JsonSerializer.Serialize(writer, value, type, EngineJson.Options);
            writer.WriteEndObject();
        }
    }
}
