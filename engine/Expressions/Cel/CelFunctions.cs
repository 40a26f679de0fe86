using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The functions every expression has.</summary>
internal static class CelFunctions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(200);

    public static void AddTo(IFunctionRegistry registry, TimeProvider clock)
    {
        registry.Register("size", 1, Size);
        registry.Register("startsWith", 2, Texts("startsWith", (text, part) => text.StartsWith(part, StringComparison.Ordinal)));
        registry.Register("endsWith", 2, Texts("endsWith", (text, part) => text.EndsWith(part, StringComparison.Ordinal)));
        registry.Register("contains", 2, Texts("contains", (text, part) => text.Contains(part, StringComparison.Ordinal)));
        registry.Register("matches", 2, Texts("matches", Matches));
        registry.Register("int", 1, ToInt);
        registry.Register("uint", 1, ToUInt);
        registry.Register("double", 1, ToDouble);
        registry.Register("decimal", 1, ToDecimal);
        registry.Register("string", 1, ToText);
        registry.Register("bool", 1, ToBool);
        registry.Register("timestamp", 1, ToTimestamp);
        registry.Register("duration", 1, ToDuration);
        registry.Register("bytes", 1, ToBytes);
        registry.Register("dyn", 1, arguments => arguments[0]);
        CelTimes.AddTo(registry);
        registry.Register("now", 0, _ => CelValue.Of(clock.GetUtcNow()));
    }

    private static CelValue Size(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.String => CelValue.Of((long)arguments[0].Text.EnumerateRunes().Count()),
        CelKind.List => CelValue.Of((long)arguments[0].Items.Count),
        CelKind.Map => CelValue.Of((long)arguments[0].Map.Count),
        CelKind.Bytes => CelValue.Of((long)arguments[0].Bytes.Length),
        _ => NotFor("size", arguments[0]),
    };

    private static CelFunction Texts(string name, Func<string, string, bool> test) => arguments =>
        arguments[0].Kind != CelKind.String ? NotFor(name, arguments[0])
        : arguments[1].Kind != CelKind.String ? NotFor(name, arguments[1])
        : CelValue.Of(test(arguments[0].Text, arguments[1].Text));

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException($"The pattern \"{pattern}\" is not supported: {exception.Message}", exception);
        }
    }

    private static CelValue ToInt(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int => value,
            CelKind.UInt => CelValue.Of(checked((long)value.UInt)),
            CelKind.Double when value.Double is > -9.223372036854775808E18 and < 9.223372036854775807E18 => CelValue.Of((long)value.Double),
            CelKind.Double => CelValue.Error("The number is too large for an int."),
            CelKind.String when long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
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
            CelKind.Double when value.Double is > -1 and < 1.8446744073709551615E19 => CelValue.Of((ulong)value.Double),
            CelKind.Double => CelValue.Error("The number does not fit a uint."),
            CelKind.String when ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
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
            CelKind.String when double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a number."),
            CelKind.Opaque when value.Opaque is decimal exact => CelValue.Of((double)exact),
            _ => NotFor("double", value),
        };
    }

    private static CelValue ToDecimal(ReadOnlySpan<CelValue> arguments)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int or CelKind.UInt or CelKind.Double => CelValue.Of(CelDecimal.Type.FromNumber(value)!, CelDecimal.Type),
            CelKind.String when decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => CelValue.Of(number, CelDecimal.Type),
            CelKind.String => CelValue.Error($"\"{value.Text}\" is not a decimal number."),
            CelKind.Opaque when value.Opaque is decimal => value,
            _ => NotFor("decimal", value),
        };
    }

    private static CelValue ToBool(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Bool => arguments[0],
        CelKind.String when arguments[0].Text is "1" or "t" or "true" or "TRUE" or "True" => CelValue.True,
        CelKind.String when arguments[0].Text is "0" or "f" or "false" or "FALSE" or "False" => CelValue.False,
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
        CelKind.String when DateTimeOffset.TryParse(arguments[0].Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => CelValue.Of(instant),
        CelKind.String => CelValue.Error($"\"{arguments[0].Text}\" is not an instant; write 2026-01-05T09:00:00Z."),
        _ => NotFor("timestamp", arguments[0]),
    };

    private static CelValue ToDuration(ReadOnlySpan<CelValue> arguments) => arguments[0].Kind switch
    {
        CelKind.Duration => arguments[0],
        CelKind.String => CelDurations.Read(arguments[0].Text),
        _ => NotFor("duration", arguments[0]),
    };

    private static CelValue NotFor(string name, CelValue value) => CelValue.Error($"{name} does not take a value of type {value.TypeName}.");
}
