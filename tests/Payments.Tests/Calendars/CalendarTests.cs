using CentralPay.Workflows.Payments.Calendars;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Calendars;

public sealed class CalendarTests
{
    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_where_the_church_puts_it(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), BusinessCalendars.EasterOf(year));

    [Fact]
    public void Banks_close_on_the_six_days_of_the_european_central_bank() =>
        Assert.Equal(
            [new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 1), new(2026, 12, 25), new(2026, 12, 26)],
            BusinessCalendars.Target.HolidaysOf(2026));

    [Fact]
    public void France_rests_on_its_eleven_public_holidays()
    {
        var holidays = BusinessCalendars.France.HolidaysOf(2026);

        Assert.Equal(11, holidays.Count);
        Assert.Contains(new DateOnly(2026, 5, 14), holidays);
        Assert.Contains(new DateOnly(2026, 5, 25), holidays);
        Assert.False(BusinessCalendars.France.IsBusinessDay(new DateOnly(2026, 7, 14)));
        Assert.True(BusinessCalendars.Target.IsBusinessDay(new DateOnly(2026, 7, 14)));
    }

    [Fact]
    public void Two_business_days_after_maundy_thursday_is_the_wednesday_after_easter() =>
        Assert.Equal(new DateOnly(2026, 4, 8), BusinessCalendars.Target.Add(new DateOnly(2026, 4, 2), 2));

    [Fact]
    public void Business_days_added_and_counted_agree_and_end_on_a_worked_day() =>
        Properties.Hold(
            from offset in Gen.Choose(0, 3650)
            from days in Gen.Choose(1, 60)
            from calendar in Gen.Elements(BusinessCalendars.All.ToArray())
            select (new DateOnly(2022, 1, 1).AddDays(offset), days, calendar),
            given =>
            {
                var (day, days, calendar) = given;
                var later = calendar.Add(day, days);
                return calendar.IsBusinessDay(later) && calendar.Between(day, later) == days && calendar.Between(later, day) == -days
                    && calendar.IsBusinessDay(calendar.Add(day, -days)) && calendar.OnOrAfter(later) == later;
            });
}
