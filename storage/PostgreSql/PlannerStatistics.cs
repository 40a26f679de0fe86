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

    // Seconds.
    private const int LongestCount = 5;

    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RestsAfterTrouble = TimeSpan.FromMinutes(1);

    private long nextLook;

    /// <summary>Looks, at most once a second, and counts where need be. What fails is left for later: it costs time, nothing else.</summary>
    public async ValueTask KeepUpAsync(CancellationToken cancellationToken)
    {
        var due = Volatile.Read(ref nextLook);
        if (Stopwatch.GetTimestamp() < due || Interlocked.CompareExchange(ref nextLook, In(LooksEvery), due) != due)
        {
            return;
        }

        try
        {
            await CountOutgrownAsync(cancellationToken);
        }
        catch (DbException)
        {
            Volatile.Write(ref nextLook, In(RestsAfterTrouble));
        }
    }

    private static long In(TimeSpan time) => Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);

    private async Task CountOutgrownAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var table in await OutgrownAsync(connection, cancellationToken))
        {
            // Whoever holds the table, another node or autovacuum, is counting its rows.
            await using var count = new NpgsqlCommand($"ANALYZE (SKIP_LOCKED) {new NpgsqlCommandBuilder().QuoteIdentifier(table)}", connection) { CommandTimeout = LongestCount };
            await count.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // The size on the disk tells at once, and nothing of rows that came into the room of others; how many there are is told
    // by the sessions that wrote them, within a second or so.
    private static async Task<List<string>> OutgrownAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The size of a table is asked for under a lock of it: whoever changes one is not waited for.
        await using var look = new NpgsqlCommand(
            $"""
            SELECT set_config('lock_timeout', '200ms', true);
            SELECT relname::text FROM pg_class
            WHERE relkind = 'r' AND pg_has_role(relowner, 'USAGE') AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
              AND (pg_relation_size(oid) > {Outgrown} * current_setting('block_size')::bigint * greatest(relpages, {LeastPages})
                OR pg_stat_get_live_tuples(oid) > {Outgrown} * greatest(reltuples, {LeastRows}))
            ORDER BY relname <> 'work_items', relname
            """,
            connection)
        { CommandTimeout = LongestCount };
        await using DbDataReader row = await look.ExecuteReaderAsync(cancellationToken);
        await row.NextResultAsync(cancellationToken);
        var tables = new List<string>();
        while (await row.ReadAsync(cancellationToken))
        {
            tables.Add(row.GetString(0));
        }

        return tables;
    }
}
