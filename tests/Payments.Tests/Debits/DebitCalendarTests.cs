using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Debits;
using FsCheck.Fluent;
using NodaTime;

namespace CentralPay.Workflows.Payments.Tests.Debits;

public sealed class DebitCalendarTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("2026-11-25T09:59:00Z", "2026-11-26")] // Wednesday, before 11 in Paris: taken today, debited tomorrow
    [InlineData("2026-11-25T10:00:00Z", "2026-11-27")] // at 11: taken tomorrow
    [InlineData("2026-11-27T08:00:00Z", "2026-11-30")] // Friday: Monday
    [InlineData("2026-11-28T08:00:00Z", "2026-12-01")] // Saturday: taken on Monday
    [InlineData("2026-12-24T08:00:00Z", "2026-12-28")] // Christmas and the weekend
    [InlineData("2027-03-25T08:00:00Z", "2027-03-30")] // Easter: Good Friday and Monday are closed
    public void The_first_day_keeps_the_cut_off_and_the_closing_days_of_target(string now, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, null), new DebitCalendar(Paris, 1, 11).CollectionDay(DateTimeOffset.Parse(now, null), DateOnly.MinValue));

    [Fact]
    public void The_order_is_handed_over_early_on_the_last_day_the_bank_takes_it()
    {
        var calendar = new DebitCalendar(Paris, 2, 11);
        var now = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2026, 12, 3, 5, 0, 0, TimeSpan.Zero), calendar.SubmitAt(now, new DateOnly(2026, 12, 7)));
        Assert.Equal(now, calendar.SubmitAt(now, new DateOnly(2026, 11, 27)));
    }

    [Fact]
    public void A_retry_falls_on_a_target_day_not_earlier_than_asked_and_is_handed_over_in_time() =>
        Properties.Hold(
            from minutes in Gen.Choose(0, 4 * 365 * 24 * 60)
            from wait in Gen.Choose(-3, 30)
            from lead in Gen.Choose(1, 5)
            from cutOff in Gen.Choose(7, 23)
            from zone in Gen.Elements("Europe/Paris", "Europe/Helsinki", "Atlantic/Canary", "America/Martinique", "Indian/Reunion")
            select (Now: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes), Wait: wait, Calendar: new DebitCalendar(DateTimeZoneProviders.Tzdb[zone], lead, cutOff)),
            given =>
            {
                var target = BusinessCalendars.Target;
                var day = given.Calendar.RetryDay(given.Now, given.Wait);
                var today = given.Calendar.DayOf(given.Now);
                var submitAt = given.Calendar.SubmitAt(given.Now, day);
                return target.IsBusinessDay(day)
                    && target.Between(today, day) >= Math.Max(1, given.Wait)
                    && target.Between(given.Calendar.DayOf(submitAt), day) >= given.Calendar.LeadDays
                    && submitAt >= given.Now
                    && given.Calendar.CollectionDay(submitAt, day) == day;
            },
            tests: 3000);
}
