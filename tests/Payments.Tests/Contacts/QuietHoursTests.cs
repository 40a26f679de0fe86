using CentralPay.Workflows.Payments.Contacts;
using FsCheck.Fluent;
using NodaTime;

namespace CentralPay.Workflows.Payments.Tests.Contacts;

public sealed class QuietHoursTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("2026-11-03T19:30:00Z", "2026-11-04T07:00:00Z")]
    [InlineData("2026-11-03T02:00:00Z", "2026-11-03T07:00:00Z")]
    [InlineData("2026-11-03T12:00:00Z", "2026-11-03T12:00:00Z")]
    [InlineData("2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("2026-10-23T20:00:00Z", "2026-10-24T06:00:00Z")]
    public void Nobody_is_contacted_at_night_and_the_morning_follows_the_summer_time(string wanted, string allowed) =>
        Assert.Equal(DateTimeOffset.Parse(allowed, null), new QuietHours(Paris, 20, 8).NextAllowed(DateTimeOffset.Parse(wanted, null)));

    [Fact]
    public void Equal_hours_mean_that_no_hour_is_quiet() =>
        Assert.False(new QuietHours(Paris, 8, 8).IsQuiet(DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_contact_is_never_in_quiet_hours_nor_earlier_than_wanted_nor_later_than_needed() =>
        Properties.Hold(
            from minutes in Gen.Choose(0, 2 * 365 * 24 * 60)
            from hours in Gen.Choose(0, 23).Two()
            from zone in Gen.Elements("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "America/Santiago", "Pacific/Apia")
            select (Wanted: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes), From: hours.Item1, Until: hours.Item2, Zone: DateTimeZoneProviders.Tzdb[zone]),
            given =>
            {
                var quiet = new QuietHours(given.Zone, given.From, given.Until);
                var allowed = quiet.NextAllowed(given.Wanted);
                return allowed >= given.Wanted && !quiet.IsQuiet(allowed) && allowed - given.Wanted <= TimeSpan.FromHours(25 + 24);
            },
            tests: 3000);
}
