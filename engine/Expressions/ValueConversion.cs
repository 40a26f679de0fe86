using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>Turns a value of a definition, an expression or a stored state into the type a step asks for. Always invariant.</summary>
public static class ValueConversion
{
    private static readonly ConcurrentDictionary<Type, Func<string, object?>?> Parsers = new();

    /// <summary>The value as another type; throws <see cref="FormatException"/> where it cannot be.</summary>
    public static T? To<T>(object? value)
    {
        if (value is T typed && value is not (JsonFragment or JsonElement))
            return typed;
        return To(value, typeof(T)) is T converted ? converted : default;
    }

    /// <summary>The value as another type; null stays null. Throws <see cref="FormatException"/> where it cannot be.</summary>
    public static object? To(object? value, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (value is null)
            return null;
        if (value is JsonFragment fragment)
            return FromElement(fragment.Element(), type);
        if (value is JsonElement element)
            return FromElement(element, type);
        if (type.IsInstanceOfType(value))
            return value;
        return value switch
        {
            JsonNode node => FromElement(JsonSerializer.SerializeToElement(node, EngineJson.Options), type),
            string text => FromText(text, type),
            _ => FromOther(value, type),
        };
    }

    /// <summary>Reads a span as ISO 8601 (<c>P7D</c>, <c>PT2H</c>) or as .NET writes it (<c>7.00:00:00</c>).</summary>
    public static bool TryReadDuration(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.StartsWith('P') || trimmed.StartsWith("-P", StringComparison.Ordinal))
        {
            try
            {
                span = XmlConvert.ToTimeSpan(ExpandWeeks(trimmed));
                return true;
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                span = default;
                return false;
            }
        }

        return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out span);
    }

    /// <summary>A span as ISO 8601.</summary>
    public static string WriteDuration(TimeSpan span) => XmlConvert.ToString(span);

    private static string ExpandWeeks(string text)
    {
        if (!text.EndsWith('W'))
            return text;
        var sign = text.StartsWith('-') ? "-" : "";
        var digits = text[(sign.Length + 1)..^1];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var weeks)
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}P{weeks * 7}D")
            : text;
    }

    private static object? FromElement(JsonElement element, Type type)
    {
        if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        if (type == typeof(JsonElement))
            return element;
        if (KeptKinds.AreIn(element) && type != typeof(JsonElement[]))
            return FromKinds(element, type);
        if (type == typeof(object))
            return element;
        if (type == typeof(string))
            return element.ValueKind == JsonValueKind.String ? element.GetString() : EngineJson.WithoutMark(element.GetRawText());
        if (element.ValueKind == JsonValueKind.String)
            return FromText(element.GetString()!, type);
        if (element.ValueKind == JsonValueKind.Number && IsWhole(Nullable.GetUnderlyingType(type) ?? type) && element.TryGetDecimal(out var number))
            return FromOther(number, type);
        return Read(element, type, EngineJson.Options);
    }

    private static object? Read(JsonElement element, Type type, JsonSerializerOptions options)
    {
        try
        {
            return element.Deserialize(type, options);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{element.GetRawText()} is not a value of type {Name(type)}.{EngineJson.Wanted(type)}", exception);
        }
    }

    private static object? FromKinds(JsonElement element, Type type)
    {
        if (KeptKinds.TryRead(element, out var value))
            return To(value, type);
        return KeptKinds.HoldsAnything(type)
            ? Read(element, type, KeptKinds.Options)
            : FromElement(KeptKinds.Plain(element), type);
    }

    private static object? FromText(string text, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (text.Length == 0 && (plain != type || plain.IsValueType))
            return null;
        var parser = Parsers.GetOrAdd(plain, MakeParser);
        try
        {
            return parser is not null ? parser(text) : JsonSerializer.Deserialize(text, plain, EngineJson.Options);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or JsonException)
        {
            throw new FormatException($"\"{text}\" is not a value of type {Name(plain)}.", exception);
        }
    }

    private static object? FromOther(object value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return ToText(value);
        if (plain.IsInstanceOfType(value))
            return value;
        if (IsWhole(plain) && HasFraction(value))
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{value} is not a whole number."));
        try
        {
            if (value is IConvertible && plain.IsPrimitive || plain == typeof(decimal))
                return Convert.ChangeType(value, plain, CultureInfo.InvariantCulture);
            return KeptKinds.HoldsAnything(plain)
                ? Read(JsonSerializer.SerializeToElement<object>(value, KeptKinds.Options), plain, KeptKinds.Options)
                : FromElement(JsonSerializer.SerializeToElement(value, value.GetType(), EngineJson.Options), plain);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException)
        {
            throw new FormatException($"{value} is not a value of type {Name(plain)}.", exception);
        }
    }

    // A part of a cent, or of a day, is never dropped in silence.
    private static bool HasFraction(object value) => value switch
    {
        decimal number => number != decimal.Truncate(number),
        double number => number != Math.Truncate(number),
        float number => number != MathF.Truncate(number),
        _ => false,
    };

    private static bool IsWhole(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64 && !type.IsEnum;

    // As expressions and JSON write it, so that it can be read again.
    private static string? ToText(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        TimeSpan span => WriteDuration(span),
        DateTimeOffset instant => CelValue.Of(instant).ToString(),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static Func<string, object?>? MakeParser(Type type)
    {
        if (type == typeof(object))
            return text => text;
        if (type == typeof(TimeSpan))
            return text => TryReadDuration(text, out var span) ? span : throw new FormatException("Write P7D or 7.00:00:00.");
        if (type == typeof(bool))
            return text => bool.Parse(text);
        if (type == typeof(decimal))
            return text => decimal.Parse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        if (type == typeof(DateTimeOffset))
            return text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        if (type == typeof(DateTime))
            return text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        if (type.IsEnum)
            return text => Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value) ? value : throw new FormatException($"Choose one of {string.Join(", ", Enum.GetNames(type))}.");
        if (type == typeof(byte[]))
            return text => text.StartsWith('"') ? JsonSerializer.Deserialize<byte[]>(text, EngineJson.Options) : Convert.FromBase64String(text);
        if (type == typeof(Uri))
            return text => new Uri(text, UriKind.RelativeOrAbsolute);
        return ParsableOf(type);
    }

    private static Func<string, object?>? ParsableOf(Type type)
    {
        var parsable = Array.Exists(type.GetInterfaces(), each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IParsable<>) && each.GetGenericArguments()[0] == type);
        if (!parsable)
            return null;
        var method = typeof(ValueConversion).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        return method.CreateDelegate<Func<string, object?>>();
    }

    private static object? Parse<T>(string text) where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);

    private static string Name(Type type) => Descriptors.TypeAliases.Of(type);
}
