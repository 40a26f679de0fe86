using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>How the engine writes values as JSON; made once, so that type metadata is built once.</summary>
public static class EngineJson
{
    /// <summary>Camel case, enums by name, nulls omitted, spans in ISO 8601.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new DurationConverter());
        return options;
    }

    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            return ValueConversion.TryReadDuration(text, out var span)
                ? span
                : throw new JsonException($"\"{text}\" is not a duration; write P7D or 7.00:00:00.");
        }

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ValueConversion.WriteDuration(value));
    }
}
