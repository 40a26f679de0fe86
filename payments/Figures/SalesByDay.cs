namespace CentralPay.Workflows.Payments.Figures;

/// <summary>What was invoiced on each day, as the figures of waiting need it. Pure.</summary>
/// <param name="ByDay">Invoiced amounts in minor units by day of issue; days without sales may be missing.</param>
public sealed record SalesByDay(IReadOnlyDictionary<DateOnly, long> ByDay)
{
    /// <summary>The first day that the figures of a day look at.</summary>
    public static DateOnly FirstDayFor(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Dso.CountBackMonths);

    /// <summary>Invoiced in the days that end with a day.</summary>
    public long Until(DateOnly last, int days)
    {
        var first = last.AddDays(1 - days);
        return ByDay.Where(day => day.Key >= first && day.Key <= last).Sum(day => day.Value);
    }

    /// <summary>The months that end with a day, the current one first.</summary>
    public IReadOnlyList<MonthSales> MonthsUntil(DateOnly today)
    {
        var months = new MonthSales[Dso.CountBackMonths];
        var first = new DateOnly(today.Year, today.Month, 1);
        for (var back = 0; back < months.Length; back++)
        {
            var from = first.AddMonths(-back);
            var last = back == 0 ? today : from.AddMonths(1).AddDays(-1);
            var days = last.DayNumber - from.DayNumber + 1;
            months[back] = new MonthSales(Until(last, days), days);
        }

        return months;
    }

    /// <summary>All figures of a day.</summary>
    public DsoFigures FiguresOf(DateOnly today, long outstandingMinor, long overdueMinor)
    {
        var sales = Until(today, Dso.PeriodDays);
        var countBack = Dso.CountBack(outstandingMinor, MonthsUntil(today));
        return new DsoFigures
        {
            StandardDays = Dso.Standard(outstandingMinor, sales),
            CountBackDays = countBack.Days,
            CountBackIsAtLeast = countBack.IsAtLeast,
            AverageDaysDelinquent = Dso.AverageDaysDelinquent(overdueMinor, sales),
            SalesMinor = sales,
            PeriodDays = Dso.PeriodDays,
        };
    }
}
