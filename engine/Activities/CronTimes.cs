using Quartz;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>The times of a cron expression on the clock of a time zone: five fields as crontab has them, or Quartz's six and seven.</summary>
internal sealed class CronTimes
{
    private const int CrontabFields = 5;

    // A schedule of every minute is looked through for this long, one of every year for so many of its times.
    private const int MostDaysPassedOver = 400;
    private const int MostTimesPassedOver = 400;

    private readonly CronExpression expression;
    private readonly TimeZoneInfo zone;

    private CronTimes(CronExpression expression, TimeZoneInfo zone)
    {
        this.expression = expression;
        this.zone = zone;
    }

    /// <summary>The times of an expression; throws <see cref="FormatException"/> where it is none.</summary>
    public static CronTimes Of(string text, TimeZoneInfo zone)
    {
        var format = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == CrontabFields ? CronFormat.Unix : CronFormat.Quartz;
        try
        {
            return new CronTimes(CronExpression.Parse(text.Trim(), format).WithTimeZone(zone), zone);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"\"{text}\" is no cron expression: {exception.Message}", exception);
        }
    }

    /// <summary>The zone of a name; throws <see cref="FormatException"/> where there is none.</summary>
    public static TimeZoneInfo ZoneOf(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone) ? zone : throw new FormatException($"There is no time zone \"{name}\".");

    /// <summary>The first time after an instant; null for none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => expression.GetNextValidTimeAfter(after)?.ToUniversalTime();

    /// <summary>The first time after an instant that falls on a business day; null for none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after, Func<DateOnly, bool> isBusinessDay)
    {
        var last = after.AddDays(MostDaysPassedOver);
        var passedOver = 0;
        for (var next = NextAfter(after); next is { } time && (time < last || passedOver < MostTimesPassedOver); next = NextAfter(time), passedOver++)
        {
            if (isBusinessDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime)))
                return time;
        }

        return null;
    }
}
