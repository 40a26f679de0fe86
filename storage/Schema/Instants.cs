using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>Instants as they are stored: UTC, rounded to the microsecond that every database can hold.</summary>
public static class Instants
{
    // The last instant there is would be rounded to one that there is not.
    private static readonly long Last = (DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant in UTC, rounded to the nearest microsecond.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset instant) => FromMicroseconds(ToMicroseconds(instant));

    /// <summary>Microseconds since 1970-01-01T00:00:00Z, to the nearest.</summary>
    public static long ToMicroseconds(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return Math.Min(Last, (ticks + (ticks < 0 ? -5 : 5)) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The instant so many microseconds after 1970-01-01T00:00:00Z.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
}

/// <summary>For databases with a type for instants: UTC, rounded.</summary>
internal sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    instant => Instants.Rounded(instant), stored => stored);

/// <summary>For SQLite, where text cannot be ordered: microseconds as an integer.</summary>
internal sealed class InstantInMicroseconds() : ValueConverter<DateTimeOffset, long>(
    instant => Instants.ToMicroseconds(instant), stored => Instants.FromMicroseconds(stored));
