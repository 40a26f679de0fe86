using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>Counts by PostgreSQL's own statistics. Sessions report them at the latest when they end, so they are ended before each look.</summary>
internal sealed class PostgresWrites : IWriteCount
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly NpgsqlConnection server;
    private readonly string database;
    private Writes before = new(0, 0, 0);

    private PostgresWrites(NpgsqlConnection server, string database)
    {
        this.server = server;
        this.database = database;
    }

    public static async Task<PostgresWrites> BeginAsync(TestBed bed, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(bed.Server) { Pooling = false }.ConnectionString);
        await server.OpenAsync(cancellationToken);
        var count = new PostgresWrites(server, new NpgsqlConnectionStringBuilder(bed.ConnectionString).Database!);
        count.before = await count.NowAsync();
        return count;
    }

    public async Task<Writes> EndAsync()
    {
        var after = await NowAsync();
        return new Writes(after.Transactions - before.Transactions, after.Flushes - before.Flushes, after.Bytes - before.Bytes);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<Writes> NowAsync()
    {
        NpgsqlConnection.ClearAllPools();
        while (await NumberAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = $1") > 0)
        {
            await Task.Delay(Look);
        }

        return new Writes(
            await NumberAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = $1"),
            await NumberAsync("SELECT wal_sync FROM pg_stat_wal WHERE $1 <> ''"),
            await NumberAsync("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint WHERE $1 <> ''"));
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, server) { Parameters = { new NpgsqlParameter { Value = database } } };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
