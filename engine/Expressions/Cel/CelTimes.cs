namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The parts of instants and spans (CEL language definition, "Timestamps" and "Durations"). An instant's are those of UTC, or of a time zone that is given: a name, or an offset such as +02:00.</summary>
internal static class CelTimes
{
    public static void AddTo(IFunctionRegistry registry)
    {
        Register(registry, "getFullYear", time => time.Year, null);
        Register(registry, "getMonth", time => time.Month - 1, null);
        Register(registry, "getDate", time => time.Day, null);
        Register(registry, "getDayOfMonth", time => time.Day - 1, null);
        Register(registry, "getDayOfWeek", time => (int)time.DayOfWeek, null);
        Register(registry, "getDayOfYear", time => time.DayOfYear - 1, null);
        Register(registry, "getHours", time => time.Hour, span => span.Ticks / TimeSpan.TicksPerHour);
        Register(registry, "getMinutes", time => time.Minute, span => span.Ticks / TimeSpan.TicksPerMinute);
        Register(registry, "getSeconds", time => time.Second, span => span.Ticks / TimeSpan.TicksPerSecond);
        Register(registry, "getMilliseconds", time => time.Millisecond, span => span.Milliseconds);
    }

    private static void Register(IFunctionRegistry registry, string name, Func<DateTimeOffset, long> ofInstant, Func<TimeSpan, long>? ofSpan)
    {
        registry.Register(name, new(CelType.Int, ofSpan is null ? CelType.Timestamp : CelType.OneOf(CelType.Timestamp, CelType.Duration)), arguments => arguments[0].Kind switch
        {
            CelKind.Timestamp => CelValue.Of(ofInstant(arguments[0].Timestamp)),
            CelKind.Duration when ofSpan is not null => CelValue.Of(ofSpan(arguments[0].Duration)),
            _ => CelValue.Error($"{name} does not take a value of type {arguments[0].TypeName}."),
        });
        registry.Register(name, new(CelType.Int, CelType.Timestamp, CelType.String), arguments => arguments[0].Kind == CelKind.Timestamp && arguments[1].Kind == CelKind.String
            ? CelValue.Of(ofInstant(In(arguments[0].Timestamp, arguments[1].Text)))
            : CelValue.Error($"{name} takes an instant and the name of a time zone."));
    }

    private static DateTimeOffset In(DateTimeOffset instant, string zone)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known))
            return TimeZoneInfo.ConvertTime(instant, known);
        var digits = zone.TrimStart('+', '-');
        return TimeSpan.TryParseExact(digits, @"hh\:mm", System.Globalization.CultureInfo.InvariantCulture, out var offset) && digits.Length >= zone.Length - 1
            ? instant.ToOffset(zone.StartsWith('-') ? -offset : offset)
            : throw new ArgumentException($"There is no time zone \"{zone}\".");
    }
}
