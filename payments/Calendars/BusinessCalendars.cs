namespace CentralPay.Workflows.Payments.Calendars;

/// <summary>The calendars we know.</summary>
public static class BusinessCalendars
{
    /// <summary>TARGET closing days of the European Central Bank: when no euro payment settles.</summary>
    public static BusinessCalendar Target { get; } = new("TARGET", TargetHolidays);

    /// <summary>French public holidays (art. L3133-1 C. trav.), metropolitan France without Alsace-Moselle.</summary>
    public static BusinessCalendar France { get; } = new("FR", FrenchHolidays);

    /// <summary>All calendars.</summary>
    public static IReadOnlyList<BusinessCalendar> All { get; } = [Target, France];

    /// <summary>The calendar of a name, or null.</summary>
    public static BusinessCalendar? Find(string name) => All.FirstOrDefault(calendar => string.Equals(calendar.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Easter Sunday of a year in the Gregorian calendar (Butcher's computation).</summary>
    public static DateOnly EasterOf(int year)
    {
        var (golden, century, ofCentury) = (year % 19, year / 100, year % 100);
        var (leapCenturies, centuryRest) = (century / 4, century % 4);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - moonShift + 15) % 30;
        var weekday = (32 + (2 * centuryRest) + (2 * (ofCentury / 4)) - epact - (ofCentury % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }

    private static HashSet<DateOnly> TargetHolidays(int year)
    {
        var easter = EasterOf(year);
        return [new(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), new(year, 5, 1), new(year, 12, 25), new(year, 12, 26)];
    }

    private static HashSet<DateOnly> FrenchHolidays(int year)
    {
        var easter = EasterOf(year);
        return
        [
            new(year, 1, 1), easter.AddDays(1), new(year, 5, 1), new(year, 5, 8), easter.AddDays(39), easter.AddDays(50),
            new(year, 7, 14), new(year, 8, 15), new(year, 11, 1), new(year, 11, 11), new(year, 12, 25),
        ];
    }
}
