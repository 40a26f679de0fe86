using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>How the engine writes values as JSON; made once, so that type metadata is built once.</summary>
public static class EngineJson
{
    private const string Mark = ".0";
    private const int LongestAmount = 40;

    /// <summary>Camel case, enums by name, nulls omitted, spans in ISO 8601, what is no number (CEL's 0.0/0.0) by its name.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>As <see cref="Options"/>, for values that come back without their type: an amount that happens to be whole is written 100.0, and is no int when it is read again.</summary>
    internal static JsonSerializerOptions Kept { get; } = new(Options) { Converters = { new AmountConverter() } };

    /// <summary>A number's text without the zero by which <see cref="Kept"/> tells an amount from an int; any other text as it is.</summary>
    internal static string WithoutMark(string number) => number.EndsWith(Mark, StringComparison.Ordinal) && !number.StartsWith('"') ? number[..^Mark.Length] : number;

    /// <summary>A sentence on what a value of the host must say; empty where it may leave out anything.</summary>
    internal static string Wanted(Type type)
    {
        var element = Descriptors.TypeAliases.ElementOf(type) ?? type;
        var members = Options.GetTypeInfo(Nullable.GetUnderlyingType(element) ?? element).Properties.Where(property => property.IsRequired).Select(property => property.Name).ToArray();
        return members.Length == 0 ? "" : $" Needed: {string.Join(", ", members)}.";
    }

    // An amount whose members are called otherwise would be an amount of nothing. Classes leave out nulls, and get new members over time.
    private static void RequireWholeValues(JsonTypeInfo type)
    {
        if (type is not { Kind: JsonTypeInfoKind.Object, Type.IsValueType: true } || type.Type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true)
            return;
        // JSON begins a struct with nothing, and never asks the constructor by which it is a whole one.
        var whole = type.Type.GetConstructors().Select(constructor => constructor.GetParameters()).OrderByDescending(parameters => parameters.Length).FirstOrDefault() ?? [];
        var nullability = new NullabilityInfoContext();
        foreach (var part in whole.Where(part => !part.HasDefaultValue && nullability.Create(part).WriteState != NullabilityState.Nullable))
        {
            if (type.Properties.FirstOrDefault(property => property.Set is not null && string.Equals(property.Name, part.Name, StringComparison.OrdinalIgnoreCase)) is { } property)
                property.IsRequired = true;
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWholeValues } },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new FragmentConverter());
        return options;
    }

    private sealed class FragmentConverter : JsonConverter<JsonFragment>
    {
        public override JsonFragment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.SerializeToUtf8Bytes(JsonElement.ParseValue(ref reader)));

        // What leaves its case is plain JSON.
        public override void Write(Utf8JsonWriter writer, JsonFragment value, JsonSerializerOptions options)
        {
            if (options != KeptKinds.Options && KeptKinds.AreIn(value.Utf8.Span))
                KeptKinds.Plain(value.Element()).WriteTo(writer);
            else
                writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }
    }

    private sealed class AmountConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
        {
            if (value.Scale > 0)
            {
                writer.WriteNumberValue(value);
                return;
            }

            Span<byte> text = stackalloc byte[LongestAmount];
            value.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
            digits += Encoding.UTF8.GetBytes(Mark, text[digits..]);
            writer.WriteRawValue(text[..digits], skipInputValidation: true);
        }
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
