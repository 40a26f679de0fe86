using System.Diagnostics;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The work queue and the timers over all merchants.</summary>
internal sealed class WorkQueue(Database database) : IWorkQueue
{
    private const int MostForgottenAtOnce = 1000;

    private static readonly TimeSpan ForgetsEvery = TimeSpan.FromSeconds(30);

    private readonly QueueStatements statements = database.Queue;
    private readonly ClaimStatement claim = new(database);
    private readonly Table table = database.Tables.For<WorkItem>();
    private long forgotAt;

    public async ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await database.KeepUpAsync(cancellationToken);
        var (items, leavesOthers) = await claim.RunAsync(
            [table["lease_token"].With(Guid.CreateVersion7()), new(owner), new(Microseconds(lease)), new(limit)], cancellationToken);
        return new ClaimedItems([.. items.OrderBy(item => item.Rank).ThenBy(item => item.Id)], leavesOthers);
    }

    public async ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        await using var write = await CrossMerchantWrite.BeginAsync(database, cancellationToken);
        await write.Db.Database.ExecuteSqlRawAsync(
            statements.Release, [Microseconds(delay), error, Guid.Empty, item.TenantId, item.Id, item.LeaseToken], cancellationToken);
        await write.CommitAsync();
    }

    public async ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var next = await database.NextTimer.GetAsync(() => NextTimerDueAsync(cancellationToken));
        var instant = database.Dialect.Instant(now);
        if (next is null || next > now)
        {
            await ForgetEarlyAsync(now, instant, cancellationToken);
            return 0;
        }

        await using var write = await CrossMerchantWrite.BeginAsync(database, cancellationToken);
        var fired = await write.Db.Database.ExecuteSqlRawAsync(statements.FireTimers, [instant, limit], cancellationToken);
        if (statements.ClearTimers is { } clear)
        {
            await write.Db.Database.ExecuteSqlRawAsync(clear, [instant, limit], cancellationToken);
        }

        await write.CommitAsync();
        database.NextTimer.Forget();
        return fired;
    }

    public async ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await db.Set<Bookmark>().IgnoreQueryFilters().Where(bookmark => bookmark.DueAt != null)
            .OrderBy(bookmark => bookmark.DueAt).Select(bookmark => bookmark.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask<int> DepthAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await db.Set<WorkItem>().IgnoreQueryFilters().CountAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        var lanes = await db.Set<WorkItem>().IgnoreQueryFilters().Where(item => tenantId == null || item.TenantId == tenantId)
            .GroupBy(item => item.Lane)
            .Select(lane => new { lane.Key, Items = lane.Count(), Held = lane.Count(item => item.LeaseToken != Guid.Empty), Oldest = lane.Min(item => item.EnqueuedAt) })
            .ToListAsync(cancellationToken);
        return [.. lanes.Select(lane => new LaneStand(lane.Key, lane.Items, lane.Held, lane.Oldest)).OrderBy(lane => lane.Lane)];
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    // Done when there is nothing else to do, now and then, and only where there is something to forget: who looks for one looks at its time too.
    private async Task ForgetEarlyAsync(DateTimeOffset now, object instant, CancellationToken cancellationToken)
    {
        if (forgotAt != 0 && Stopwatch.GetElapsedTime(forgotAt) < ForgetsEvery)
        {
            return;
        }

        forgotAt = Stopwatch.GetTimestamp();
        await using (var db = database.NewContext(new MerchantBinding()))
        {
            if (!await db.Set<EarlyStimulus>().IgnoreQueryFilters().AnyAsync(early => early.ExpiresAt <= now, cancellationToken))
            {
                return;
            }
        }

        await using var write = await CrossMerchantWrite.BeginAsync(database, cancellationToken);
        await write.Db.Database.ExecuteSqlRawAsync(statements.ForgetEarly, [instant, MostForgottenAtOnce], cancellationToken);
        await write.CommitAsync();
    }
}
