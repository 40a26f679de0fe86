using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Clock;

/// <summary>How far business time stands from system time, over restarts.</summary>
public interface IClockOffsetStore
{
    /// <summary>Business time less system time; zero where it was never moved.</summary>
    ValueTask<TimeSpan> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a new offset, to the microsecond.</summary>
    ValueTask SaveAsync(TimeSpan offset, CancellationToken cancellationToken = default);
}

/// <summary>The offset in its one row.</summary>
internal sealed class ClockOffsetStore(Database database) : IClockOffsetStore
{
    public async ValueTask<TimeSpan> LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        var state = await db.Set<ClockState>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == ClockState.OnlyId, cancellationToken);
        return TimeSpan.FromMicroseconds(state?.OffsetMicroseconds ?? 0);
    }

    public async ValueTask SaveAsync(TimeSpan offset, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        var state = new ClockState { Id = ClockState.OnlyId, OffsetMicroseconds = offset.Ticks / TimeSpan.TicksPerMicrosecond };
        var exists = await db.Set<ClockState>().AnyAsync(row => row.Id == ClockState.OnlyId, cancellationToken);
        db.Entry(state).State = exists ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(cancellationToken);
    }
}
