using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>
/// The outbox over all merchants. A merchant's lane has at most so many effects in flight, so that a destination that does
/// not answer holds back itself alone.
/// </summary>
internal sealed class OutboxQueue(Database database) : IOutboxQueue
{
    private readonly OutboxStatements statements = database.Outbox;
    private readonly Table table = database.Tables.For<Effect>();
    private readonly string claim = database.Dialect.Numbered(database.Outbox.Claim)
        .Replace("{columns}", string.Join(", ", database.Tables.For<Effect>().Rows.Columns.Select(column => $"effects.{Table.Quoted(column)}")), StringComparison.Ordinal);

    public async ValueTask<IReadOnlyList<Effect>> ClaimAsync(string owner, DateTimeOffset now, int limit, int perLane, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perLane);
        var claimed = database.EndsTransactionsItself
            ? await InOneRoundTripAsync([table["lease_token"].With(Guid.CreateVersion7()), new(owner), new(Microseconds(lease)), new(limit), new(perLane), table["due_at"].With(now)], cancellationToken)
            : await StepwiseAsync(owner, now, limit, perLane, lease, cancellationToken);
        return [.. claimed.OrderBy(effect => effect.DueAt).ThenBy(effect => effect.Id)];
    }

    public async ValueTask<IReadOnlyList<DestinationStand>> StandAsync(Guid? merchantId = null, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        var lanes = await db.Set<Effect>().IgnoreQueryFilters().Where(effect => effect.State == EffectState.Pending && (merchantId == null || effect.MerchantId == merchantId))
            .GroupBy(effect => effect.Lane)
            .Select(lane => new { lane.Key, Pending = lane.Count(), Oldest = lane.Min(effect => effect.AskedAt), NextDue = lane.Min(effect => effect.DueAt) })
            .ToListAsync(cancellationToken);
        return
        [
            .. lanes.GroupBy(lane => EffectLanes.KindOf(lane.Key), StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new DestinationStand(kind.Key, kind.Sum(lane => lane.Pending), kind.Min(lane => lane.Oldest), kind.Min(lane => lane.NextDue))),
        ];
    }

    public async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await db.Set<Effect>().IgnoreQueryFilters().Where(effect => effect.State == EffectState.Pending)
            .OrderBy(effect => effect.DueAt).Select(effect => (DateTimeOffset?)effect.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<List<Effect>> InOneRoundTripAsync(SqlValue[] values, CancellationToken cancellationToken)
    {
        var claimed = new List<Effect>();
        await using var write = await database.WriteAsync(cancellationToken);
        await StatementRunner.ReadLastAsync(write.Connection, database.Dialect, statements.BeforeClaim, claim, values, row => claimed.Add(table.Rows.Read<Effect>(row)), cancellationToken);
        return claimed;
    }

    private async Task<List<Effect>> StepwiseAsync(string owner, DateTimeOffset now, int limit, int perLane, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Where one writer is all there is, nobody waits for a look.
        var next = await NextDueAsync(cancellationToken);
        if (next is null || next > now)
        {
            return [];
        }

        await using var write = await CrossMerchantWrite.BeginAsync(database, cancellationToken);
        foreach (var before in statements.BeforeClaim)
        {
            await write.Db.Database.ExecuteSqlRawAsync(before, cancellationToken);
        }

        var claimed = await write.Db.Set<Effect>()
            .FromSqlRaw(statements.Claim, Guid.CreateVersion7(), owner, Microseconds(lease), limit, perLane, database.Dialect.Instant(now))
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        await write.CommitAsync();
        return claimed;
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
