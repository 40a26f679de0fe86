using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>
/// Has PostgreSQL count the rows of tables that outgrew what its planner knows of them, as autovacuum does, but within a
/// second instead of within minutes. A plan made while a table is as good as empty takes any index for as good as any
/// other, and reads the whole table for each row once there are many; counting them anew drops such plans on every node.
/// </summary>
internal sealed class PlannerStatistics(string connectionString)
{
    private const int Outgrown = 4;
    private const int LeastPages = 8;
    private const int LeastRows = 50;

    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    private long lookedAt;

    /// <summary>Looks, at most once a second, and counts where need be.</summary>
    public async ValueTask KeepUpAsync(CancellationToken cancellationToken)
    {
        var seen = Volatile.Read(ref lookedAt);
        if ((seen != 0 && Stopwatch.GetElapsedTime(seen) < LooksEvery) || Interlocked.CompareExchange(ref lookedAt, Stopwatch.GetTimestamp(), seen) != seen)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var table in await OutgrownAsync(connection, cancellationToken))
        {
            // Whoever holds the table, another node or autovacuum, is counting its rows.
            await using var count = new NpgsqlCommand($"ANALYZE (SKIP_LOCKED) {new NpgsqlCommandBuilder().QuoteIdentifier(table)}", connection);
            await count.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // The size on the disk tells at once, and nothing of rows that came into the room of others; how many there are is told
    // by the sessions that wrote them, within a second or so.
    private static async Task<List<string>> OutgrownAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand(
            $"""
            SELECT relname::text FROM pg_class
            WHERE relkind = 'r' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
              AND (pg_relation_size(oid) > {Outgrown} * current_setting('block_size')::bigint * greatest(relpages, {LeastPages})
                OR pg_stat_get_live_tuples(oid) > {Outgrown} * greatest(reltuples, {LeastRows}))
            ORDER BY relname <> 'work_items', relname
            """,
            connection);
        await using DbDataReader row = await look.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await row.ReadAsync(cancellationToken))
        {
            tables.Add(row.GetString(0));
        }

        return tables;
    }
}
