using System.Buffers;
using System.Globalization;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Spans as CEL writes them (<c>1h30m</c>, <c>90s</c>), and as definitions do (<c>P7D</c>).</summary>
internal static class CelDurations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond), ("ns", 0),
        ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
    ];

    public static CelValue Read(string text)
    {
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
            return ValueConversion.TryReadDuration(text, out var span) ? CelValue.Of(span) : NoDuration(text);

        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
            rest = rest[1..];
        if (rest.Length == 0)
            return NoDuration(text);
        // Nothing is nothing in every unit.
        if (rest is "0")
            return CelValue.Of(TimeSpan.Zero);

        decimal ticks = 0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return NoDuration(text);
            rest = rest[digits..];
            if (!TakeUnit(ref rest, out var unitTicks))
                return NoDuration(text);
            ticks += unitTicks == 0 ? amount / 100 : amount * unitTicks;
        }

        return ticks > long.MaxValue ? NoDuration(text) : CelValue.Of(new TimeSpan((long)(negative ? -ticks : ticks)));
    }

    private static bool TakeUnit(ref ReadOnlySpan<char> rest, out long ticks)
    {
        foreach (var (unit, unitTicks) in Units)
        {
            if (rest.StartsWith(unit))
            {
                rest = rest[unit.Length..];
                ticks = unitTicks;
                return true;
            }
        }

        ticks = 0;
        return false;
    }

    private static CelValue NoDuration(string text) => CelValue.Error($"\"{text}\" is not a span of time; write 36h, 90s or P7D.");
}
