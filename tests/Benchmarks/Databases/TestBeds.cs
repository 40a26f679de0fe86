using CentralPay.Workflows.Storage;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>The databases of one run of the program, each fresh: PostgreSQL of our own or the one that is named, and SQLite files.</summary>
internal sealed class TestBeds : IAsyncDisposable
{
    private readonly PostgresCluster? cluster;
    private readonly string? server;
    private readonly string folder = Directory.CreateTempSubdirectory("centralpay-bench-").FullName;
    private readonly List<string> made = [];

    private TestBeds(PostgresCluster? cluster, string? server, StorageProvider? only)
    {
        this.cluster = cluster;
        this.server = server;
        StorageProvider[] all = server is null ? [StorageProvider.Sqlite] : [StorageProvider.PostgreSql, StorageProvider.Sqlite];
        Providers = [.. all.Where(provider => only is null || provider == only)];
    }

    /// <summary>The databases there are, or the one asked for.</summary>
    public IReadOnlyList<StorageProvider> Providers { get; }

    public static async Task<TestBeds> OpenAsync(StorageProvider? only, CancellationToken cancellationToken)
    {
        var given = Environment.GetEnvironmentVariable("CENTRALPAY_TEST_POSTGRES");
        if (!string.IsNullOrEmpty(given))
        {
            Console.WriteLine("PostgreSQL: the one named by CENTRALPAY_TEST_POSTGRES; its processor time is not shown.");
            return new TestBeds(null, given, only);
        }

        var cluster = await PostgresCluster.StartAsync(cancellationToken);
        Console.WriteLine(cluster is null
            ? "PostgreSQL: not installed (/usr/lib/postgresql/*/bin), so its rows are left out."
            : "PostgreSQL: a cluster of our own with default settings, fsync on.");
        return new TestBeds(cluster, cluster?.ConnectionString, only);
    }

    /// <summary>A fresh, empty database.</summary>
    public async Task<TestBed> MakeAsync(StorageProvider provider)
    {
        var name = $"bench_{Guid.CreateVersion7():N}";
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        if (provider == StorageProvider.Sqlite)
        {
            return new TestBed(provider, $"Data Source={Path.Combine(own, "bench.db")}", own, null, null);
        }

        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        made.Add(name);
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ConnectionString;
        return new TestBed(provider, connectionString, own, server, cluster?.ProcessId);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
        else
        {
            foreach (var name in made)
            {
                await ExecuteAsync($"DROP DATABASE \"{name}\" WITH (FORCE)");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database to measure on.</summary>
/// <param name="Provider">Its kind.</param>
/// <param name="ConnectionString">Where it is.</param>
/// <param name="Folder">A folder of its own, for its file and blobs.</param>
/// <param name="Server">How to reach the server beside it; null for SQLite.</param>
/// <param name="ServerProcessId">The server's first process; null where it is not ours.</param>
internal sealed record TestBed(StorageProvider Provider, string ConnectionString, string Folder, string? Server, int? ServerProcessId)
{
    public string Name => Provider == StorageProvider.PostgreSql ? "PostgreSQL" : "SQLite";
}
