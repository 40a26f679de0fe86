namespace CentralPay.Workflows.Storage.Figures;

/// <summary>The last seven days as a merchant counts them: from midnight to midnight in its time zone, today last.</summary>
internal sealed class LocalDays
{
    public const int Count = 7;

    private readonly List<(DateOnly Day, DateTimeOffset From, DateTimeOffset To)> days;

    private LocalDays(List<(DateOnly, DateTimeOffset, DateTimeOffset)> days) => this.days = days;

    public DateOnly Today => days[^1].Day;

    public (DateOnly Day, DateTimeOffset From, DateTimeOffset To) this[int index] => days[index];

    public static LocalDays Of(string timeZone, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return new LocalDays([.. Enumerable.Range(1 - Count, Count).Select(offset => today.AddDays(offset))
            .Select(day => (day, Midnight(day, zone), Midnight(day.AddDays(1), zone)))]);
    }

    // Where the clocks skip midnight, the day begins when they go on.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
