using System.Data.Common;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.CrossMerchant;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Sqlite;

/// <summary>One SQLite file beside the program: the default, for one process.</summary>
public sealed class SqliteDatabase : Database
{
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    private readonly SqliteFile file;
    private readonly DbContextOptions<SqliteCollectionsDb> options;
    private bool held;

    /// <summary>The file a connection string names; throws <see cref="ArgumentException"/> when it names none.</summary>
    public SqliteDatabase(string connectionString)
        : base(Complete(connectionString))
    {
        var path = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        file = SqliteFile.At(path, ConnectionString);
        options = Options<SqliteCollectionsDb>(builder => builder.UseSqlite(ConnectionString));
    }

    /// <inheritdoc />
    public override Dialect Dialect { get; } = new SqliteDialect();

    internal override QueueStatements Queue { get; } = new SqliteQueueStatements(new SqliteDialect());

    internal override OutboxStatements Outbox { get; } = new SqliteOutboxStatements(new SqliteDialect());

    /// <inheritdoc />
    public override CollectionsDb NewContext(MerchantBinding binding) => new SqliteCollectionsDb(options, binding) { File = file };

    /// <inheritdoc />
    public override ValueTask<WriteLease> WriteAsync(CancellationToken cancellationToken = default) => file.WriteAsync(cancellationToken);

    /// <inheritdoc />
    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc />
    public override async ValueTask PrepareAsync(CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        if (!held)
        {
            file.Hold();
            held = true;
        }

        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();

        // Readers and the writer do not wait for each other; every commit reaches the disk.
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync(cancellationToken);

        // EF Core leaves its migration lock behind when a process is killed, and then waits for it forever. The lock file
        // says that nobody else can be migrating.
        command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async ValueTask ReleaseHeldAsync(CancellationToken cancellationToken = default)
    {
        await using var lease = await WriteAsync(cancellationToken);
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = "UPDATE work_items SET lease_until_microseconds = 0 WHERE lease_until_microseconds > 0; UPDATE effects SET left_open = 1, lease_until_microseconds = 0 WHERE lease_until_microseconds > 0";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override string? UniqueViolationIn(DbException failure, string? attempted) =>
        failure is SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation } ? attempted ?? "" : null;

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (held)
        {
            held = false;
            await file.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private static string Complete(string connectionString)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(parts.DataSource) || parts.DataSource == ":memory:" || parts.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException("Storage:ConnectionString must name a database file: 'Data Source=data/centralpay.db'.", nameof(connectionString));
        }

        parts.DataSource = Path.GetFullPath(parts.DataSource);
        parts.ForeignKeys = true;
        parts.DefaultTimeout = 30;
        return parts.ConnectionString;
    }
}
