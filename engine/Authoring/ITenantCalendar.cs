namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>What the host knows of a tenant's days. Scoped to a tenant; without one, days are those of UTC, and Saturday and Sunday rest.</summary>
public interface ITenantCalendar
{
    /// <summary>The tenant's calendar.</summary>
    ValueTask<TenantCalendar> GetAsync(CancellationToken cancellationToken);
}

/// <summary>A tenant's days.</summary>
/// <param name="Zone">Where they begin.</param>
/// <param name="IsBusinessDay">Whether business is done on a day.</param>
public sealed record TenantCalendar(TimeZoneInfo Zone, Func<DateOnly, bool> IsBusinessDay)
{
    /// <summary>UTC, Monday to Friday.</summary>
    public static TenantCalendar Plain { get; } = new(TimeZoneInfo.Utc, day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
}
