using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The functions every expression has.</summary>
internal static partial class CelFunctions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void AddTo(IFunctionRegistry registry, TimeProvider clock)
    {
        registry.Register("size", new(CelType.Int, CelType.OneOf(CelType.String, CelType.Bytes, CelType.AnyList, CelType.AnyMap)), Size);
        AddTextTest(registry, "startsWith", (text, part) => text.StartsWith(part, StringComparison.Ordinal));
        AddTextTest(registry, "endsWith", (text, part) => text.EndsWith(part, StringComparison.Ordinal));
        AddTextTest(registry, "contains", (text, part) => text.Contains(part, StringComparison.Ordinal));
        AddTextTest(registry, "matches", CelPatterns.Matches);
        AddConversion(registry, CelType.Int, ToInt, CelType.UInt, CelType.Double, CelType.Decimal, CelType.String, CelType.Timestamp);
        AddConversion(registry, CelType.UInt, ToUInt, CelType.Int, CelType.Double, CelType.String);
        AddConversion(registry, CelType.Double, ToDouble, CelType.Int, CelType.UInt, CelType.Decimal, CelType.String);
        AddConversion(registry, CelType.Decimal, ToDecimal, CelType.Int, CelType.UInt, CelType.Double, CelType.String);
        AddConversion(registry, CelType.Bool, ToBool, CelType.String);
        AddConversion(registry, CelType.Bytes, ToBytes, CelType.String);
        registry.Register("timestamp", new(CelType.Timestamp, CelType.OneOf(CelType.Timestamp, CelType.Int, CelType.String)), ToTimestamp);
        registry.Register("duration", new(CelType.Duration, CelType.OneOf(CelType.Duration, CelType.String)), ToDuration);
        registry.Register("string", new(CelType.String, CelType.Dyn), ToText);
        registry.Register("dyn", new(CelType.Dyn, CelType.Dyn), arguments => arguments[0]);
        registry.Register("type", new(CelType.Type, CelType.Dyn), arguments => CelValue.Of(arguments[0].ValueType));
        registry.Register("now", new(CelType.Timestamp) { Changes = true }, _ => CelValue.Of(clock.GetUtcNow()));
        CelTimes.AddTo(registry);
    }

    private static void AddConversion(IFunctionRegistry registry, CelType to, CelFunction convert, params IReadOnlyList<CelType> from) =>
        registry.Register(to.Name, new(to, CelType.OneOf([to, .. from])), convert);

    private static void AddTextTest(IFunctionRegistry registry, string name, Func<string, string, bool> test) =>
        registry.Register(name, new(CelType.Bool, CelType.String, CelType.String), Texts(name, test));

    private static CelValue Size(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.String => CelValue.Of(CodePoints(arguments[0].Text)),
        CelKind.List => CelValue.Of((long)arguments[0].Items.Count),
        CelKind.Map => CelValue.Of((long)arguments[0].Map.Count),
        CelKind.Bytes => CelValue.Of((long)arguments[0].Bytes.Length),
        _ => NotFor("size", arguments[0]),
    };

    private static long CodePoints(string text)
    {
        var count = 0L;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private static CelFunction Texts(string name, Func<string, string, bool> test) => arguments =>
        arguments[0].Kind != CelKind.String ? NotFor(name, arguments[0])
        : arguments[1].Kind != CelKind.String ? NotFor(name, arguments[1])
        : CelValue.Of(test(arguments[0].Text, arguments[1].Text));

    private static CelValue ToInt(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int => value,
            CelKind.UInt => CelValue.Of(checked((long)value.UInt)),
            CelKind.Double when value.Double is > -9.223372036854775808E18 and < 9.223372036854775807E18 => CelValue.Of((long)value.Double),
            CelKind.Double => CelValue.Error("The number is too large for an int."),
            CelKind.String when IsOneWord(value.Text) && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a whole number."),
            CelKind.Timestamp => CelValue.Of(value.Timestamp.ToUnixTimeSeconds()),
            CelKind.Opaque when value.Opaque is decimal exact => CelValue.Of((long)decimal.Truncate(exact)),
            _ => NotFor("int", value),
        };
    }

    private static CelValue ToUInt(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.UInt => value,
            CelKind.Int => CelValue.Of(checked((ulong)value.Int)),
            CelKind.Double when value.Double is >= 0 and < 1.8446744073709551615E19 => CelValue.Of((ulong)value.Double),
            CelKind.Double => CelValue.Error("The number does not fit a uint."),
            CelKind.String when IsOneWord(value.Text) && ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a whole number without a sign."),
            _ => NotFor("uint", value),
        };
    }

    private static CelValue ToDouble(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Double => value,
            CelKind.Int => CelValue.Of((double)value.Int),
            CelKind.UInt => CelValue.Of((double)value.UInt),
            CelKind.String when IsOneWord(value.Text) && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a number."),
            CelKind.Opaque when value.Opaque is decimal exact => CelValue.Of((double)exact),
            _ => NotFor("double", value),
        };
    }

    // .NET passes over zeros (U+0000) behind a number, and over spaces around NaN.
    private static bool IsOneWord(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    private static CelValue ToDecimal(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int or CelKind.UInt or CelKind.Double => CelDecimal.Type.Of(CelDecimal.FromNumber(value)),
            CelKind.String when IsOneWord(value.Text) && decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => CelDecimal.Type.Of(number),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a decimal number."),
            CelKind.Opaque when value.Opaque is decimal => value,
            _ => NotFor("decimal", value),
        };
    }

    private static CelValue ToBool(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Bool => arguments[0],
        CelKind.String when arguments[0].Text is "1" or "t" or "T" or "true" or "TRUE" or "True" => CelValue.True,
        CelKind.String when arguments[0].Text is "0" or "f" or "F" or "false" or "FALSE" or "False" => CelValue.False,
        CelKind.String => CelValue.Error($"\"{arguments[0].Text}\" is neither true nor false."),
        _ => NotFor("bool", arguments[0]),
    };

    private static CelValue ToBytes(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Bytes => arguments[0],
        CelKind.String => CelValue.Of(Encoding.UTF8.GetBytes(arguments[0].Text)),
        _ => NotFor("bytes", arguments[0]),
    };

    private static CelValue ToText(ReadOnlySpan<CelValue> arguments)
    {
        if (arguments[0].Kind is CelKind.Null or CelKind.List or CelKind.Map or CelKind.Type)
            return NotFor("string", arguments[0]);
        if (arguments[0].Kind != CelKind.Bytes)
            return CelValue.Of(arguments[0].ToString());
        try
        {
            return CelValue.Of(StrictUtf8.GetString(arguments[0].Bytes.Span));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Error("The bytes are no text in UTF-8.");
        }
    }

    private static CelValue ToTimestamp(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Timestamp => arguments[0],
        CelKind.Int => CelValue.Of(DateTimeOffset.FromUnixTimeSeconds(arguments[0].Int)),
        CelKind.String when Rfc3339().IsMatch(arguments[0].Text) && DateTimeOffset.TryParse(ToTheTick(arguments[0].Text), CultureInfo.InvariantCulture, out var instant) => CelValue.Of(instant),
        CelKind.String => CelValue.Error($"\"{arguments[0].Text}\" is not an instant; write 2026-01-05T09:00:00Z."),
        _ => NotFor("timestamp", arguments[0]),
    };

    // What is beyond a tenth of a microsecond is cut off, never rounded up into the next second.
    private static string ToTheTick(string text) => BeyondTheTick().Replace(text, "$1");

    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex BeyondTheTick();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();

    private static CelValue ToDuration(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Duration => arguments[0],
        CelKind.String => CelDurations.Read(arguments[0].Text),
        _ => NotFor("duration", arguments[0]),
    };

    private static CelValue NotFor(string name, CelValue value) => CelValue.Error($"{name} does not take a value of type {value.TypeName}.");
}
