using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The work queue and the timers over all merchants.</summary>
internal sealed class WorkQueue(Database database) : IWorkQueue
{
    // Items of one case are handed out one by one: a claim looks at some more than it takes.
    private const int CandidatesForEach = 4;
    private const int MostForgottenAtOnce = 1000;

    private readonly QueueStatements statements = database.Queue;

    public async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var write = await CrossMerchantWrite.BeginAsync(database, cancellationToken);
        if (statements.BeforeClaim is { } before)
        {
            await write.Db.Database.ExecuteSqlRawAsync(before, cancellationToken);
        }

        var claimed = await write.Db.Set<WorkItem>()
            .FromSqlRaw(statements.Claim, Guid.CreateVersion7(), owner, Microseconds(lease), limit, limit * CandidatesForEach)
            .IgnoreQueryFilters().AsTracking().ToListAsync(cancellationToken);
        await write.CommitAsync();
        return [.. claimed.OrderBy(item => write.Db.Entry(item).Property<long>(QueueColumns.ClaimRank).CurrentValue).ThenBy(item => item.Id)];
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
        var next = await NextTimerDueAsync(cancellationToken);
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

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    // Done when there is nothing else to do, and only where there is something to forget.
    private async Task ForgetEarlyAsync(DateTimeOffset now, object instant, CancellationToken cancellationToken)
    {
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
