namespace CentralPay.Workflows.Payments.Calendars;

/// <summary>Which days people and banks work: not Saturdays, Sundays, nor the holidays of the calendar.</summary>
public sealed class BusinessCalendar
{
    // Four years: more than any run of days off, so that a search that goes on this long is a defect.
    private const int MaxSearchDays = 1461;

    private readonly Func<int, IReadOnlySet<DateOnly>> holidaysOf;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, IReadOnlySet<DateOnly>> years = new();

    internal BusinessCalendar(string name, Func<int, IReadOnlySet<DateOnly>> holidaysOf)
    {
        Name = name;
        this.holidaysOf = holidaysOf;
    }

    /// <summary>The calendar's name (<c>TARGET</c>, <c>FR</c>).</summary>
    public string Name { get; }

    /// <summary>The holidays of a year, in order.</summary>
    public IReadOnlyList<DateOnly> HolidaysOf(int year) => [.. Year(year).Order()];

    /// <summary>Whether the day is worked.</summary>
    public bool IsBusinessDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Year(day.Year).Contains(day);

    /// <summary>The day itself when it is worked, else the next one that is.</summary>
    public DateOnly OnOrAfter(DateOnly day) => Search(day, 1);

    /// <summary>The day itself when it is worked, else the last one before that is.</summary>
    public DateOnly OnOrBefore(DateOnly day) => Search(day, -1);

    /// <summary>The day that many business days later (or earlier, below zero); zero answers the day or the next worked one.</summary>
    public DateOnly Add(DateOnly day, int businessDays)
    {
        var step = Math.Sign(businessDays);
        var at = businessDays == 0 ? OnOrAfter(day) : day;
        for (var left = Math.Abs(businessDays); left > 0; left--)
        {
            at = Search(at.AddDays(step), step);
        }

        return at;
    }

    /// <summary>How many business days lie after the first day up to and with the second; negative the other way.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Between(to, from);
        }

        var days = 0;
        for (var at = from.AddDays(1); at <= to; at = at.AddDays(1))
        {
            days += IsBusinessDay(at) ? 1 : 0;
        }

        return days;
    }

    private DateOnly Search(DateOnly from, int step)
    {
        for (var (at, tries) = (from, 0); tries < MaxSearchDays; (at, tries) = (at.AddDays(step), tries + 1))
        {
            if (IsBusinessDay(at))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"The calendar {Name} has no business day near {from:yyyy-MM-dd}.");
    }

    private IReadOnlySet<DateOnly> Year(int year) => years.GetOrAdd(year, holidaysOf);
}
