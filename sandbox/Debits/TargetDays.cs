using CentralPay.Workflows.Sandbox.Time;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>Working days of TARGET: not Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.</summary>
public static class TargetDays
{
    public static bool IsOpen(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && (day.Month, day.Day) is not ((1, 1) or (5, 1) or (12, 25) or (12, 26))
        && day.DayNumber - EasterOf(day.Year).DayNumber is not (-2 or 1);

    /// <summary>The first open day that many open days after; zero answers the day itself or the next open one.</summary>
    public static DateOnly Add(DateOnly day, int openDays)
    {
        var at = NextOpen(day);
        for (var left = openDays; left > 0; left--) at = NextOpen(at.AddDays(1));
        return at;
    }

    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(BusinessClock.InParis(now).DateTime);

    private static DateOnly NextOpen(DateOnly day)
    {
        while (!IsOpen(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Easter Sunday (the anonymous Gregorian computus).</summary>
    private static DateOnly EasterOf(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var days = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
        return new DateOnly(year, days / 31, days % 31 + 1);
    }
}
