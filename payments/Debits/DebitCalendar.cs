using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Merchants;
using NodaTime;
using NodaTime.Extensions;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>
/// When an account can be debited: only on TARGET days, so many of them after the bank has the order, which it takes until its
/// cut-off. Pure.
/// </summary>
/// <param name="Zone">Where the bank's days begin.</param>
/// <param name="LeadDays">TARGET days between the bank taking the order and the debit, 1 or more (Core: D-1 at most banks).</param>
/// <param name="CutOffHour">The local hour until which the bank takes orders of the day, 1 to 23.</param>
public sealed record DebitCalendar(DateTimeZone Zone, int LeadDays, int CutOffHour)
{
    private const int SubmitHour = 6;
    private static readonly BusinessCalendar Target = BusinessCalendars.Target;

    /// <summary>The calendar of a merchant's bank.</summary>
    public static DebitCalendar Of(Merchant merchant)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        return new(DateTimeZoneProviders.Tzdb[merchant.TimeZone], merchant.DebitLeadDays, merchant.DebitCutOffHour);
    }

    /// <summary>The day at the instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => LocalOf(instant).Date.ToDateOnly();

    /// <summary>The first day an order given now can be debited, not before another day.</summary>
    public DateOnly CollectionDay(DateTimeOffset now, DateOnly notBefore)
    {
        var local = LocalOf(now);
        var today = local.Date.ToDateOnly();
        var taken = Target.OnOrAfter(local.Hour < CutOffHour ? today : today.AddDays(1));
        var earliest = Target.Add(taken, LeadDays);
        return Target.OnOrAfter(earliest > notBefore ? earliest : notBefore);
    }

    /// <summary>The day a failed debit is tried again: so many TARGET days after today, when the bank takes it by then.</summary>
    public DateOnly RetryDay(DateTimeOffset now, int waitDays) => CollectionDay(now, Target.Add(DayOf(now), Math.Max(1, waitDays)));

    /// <summary>When the order is handed over for a day: early on the last day the bank takes it; at once where that has begun.</summary>
    public DateTimeOffset SubmitAt(DateTimeOffset now, DateOnly collectOn)
    {
        var early = At(Target.Add(collectOn, -LeadDays), SubmitHour);
        return early > now ? early : now;
    }

    /// <summary>The instant of a local hour of a day.</summary>
    public DateTimeOffset At(DateOnly day, int hour) => Zone.AtLeniently(day.ToLocalDate().At(new LocalTime(hour, 0))).ToDateTimeOffset().ToUniversalTime();

    private LocalDateTime LocalOf(DateTimeOffset instant) => instant.ToInstant().InZone(Zone).LocalDateTime;
}
