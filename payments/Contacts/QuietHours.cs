using CentralPay.Workflows.Payments.Merchants;
using NodaTime;
using NodaTime.Extensions;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>The hours of a merchant's day in which nobody is contacted. Local hours: a change of summer time moves the instants, not the hours.</summary>
/// <param name="Zone">The merchant's time zone.</param>
/// <param name="FromHour">The local hour they begin, 0 to 23.</param>
/// <param name="UntilHour">The local hour they end, 0 to 23; the same as the first for none.</param>
public sealed record QuietHours(DateTimeZone Zone, int FromHour, int UntilHour)
{
    // A change of summer time can swallow the one allowed hour of a day, never those of two.
    private const int MaxDaysAhead = 3;

    /// <summary>The quiet hours of a merchant; an unknown time zone throws <see cref="NodaTime.TimeZones.DateTimeZoneNotFoundException"/>.</summary>
    public static QuietHours Of(Merchant merchant)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        return new(DateTimeZoneProviders.Tzdb[merchant.TimeZone], merchant.QuietFromHour, merchant.QuietUntilHour);
    }

    /// <summary>Whether nobody is contacted at the instant.</summary>
    public bool IsQuiet(DateTimeOffset instant)
    {
        var hour = LocalOf(instant).Hour;
        return FromHour <= UntilHour ? hour >= FromHour && hour < UntilHour : hour >= FromHour || hour < UntilHour;
    }

    /// <summary>The instant itself when it is not quiet, else the first one after that is not.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset instant)
    {
        if (!IsQuiet(instant))
        {
            return instant;
        }

        var day = LocalOf(instant).Date;
        for (var ahead = 0; ahead <= MaxDaysAhead; ahead++)
        {
            var end = Zone.AtLeniently(day.PlusDays(ahead).At(new LocalTime(UntilHour, 0))).ToDateTimeOffset().ToUniversalTime();
            if (end > instant && !IsQuiet(end))
            {
                return end;
            }
        }

        throw new InvalidOperationException($"No hour outside {FromHour}-{UntilHour} in {Zone.Id} after {instant:O}.");
    }

    /// <summary>The merchant's day at the instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => LocalOf(instant).Date.ToDateOnly();

    /// <summary>The instant a day of the merchant begins.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Zone.AtStartOfDay(day.ToLocalDate()).ToDateTimeOffset().ToUniversalTime();

    private LocalDateTime LocalOf(DateTimeOffset instant) => instant.ToInstant().InZone(Zone).LocalDateTime;
}
