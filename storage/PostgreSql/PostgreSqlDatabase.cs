using System.Data.Common;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.CrossMerchant;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>A PostgreSQL database: for many nodes.</summary>
public sealed class PostgreSqlDatabase : Database
{
    private readonly DbContextOptions<PostgreSqlCollectionsDb> options;

    /// <summary>The database a connection string names.</summary>
    public PostgreSqlDatabase(string connectionString)
        : base(Complete(connectionString)) =>
        options = Options<PostgreSqlCollectionsDb>(builder => builder.UseNpgsql(ConnectionString));

    /// <inheritdoc />
    public override Dialect Dialect { get; } = new PostgreSqlDialect();

    internal override int MostWriters { get; } = Math.Max(2, Environment.ProcessorCount);

    internal override QueueStatements Queue { get; } = new PostgreSqlQueueStatements(new PostgreSqlDialect());

    internal override OutboxStatements Outbox { get; } = new PostgreSqlOutboxStatements(new PostgreSqlDialect());

    /// <inheritdoc />
    public override CollectionsDb NewContext(MerchantBinding binding) => new PostgreSqlCollectionsDb(options, binding);

    /// <inheritdoc />
    public override async ValueTask<WriteLease> WriteAsync(CancellationToken cancellationToken = default)
    {
        var connection = await OpenAsync(cancellationToken);
        return new WriteLease(connection, shelf: null, connection.DisposeAsync);
    }

    /// <inheritdoc />
    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc />
    public override string? UniqueViolationIn(DbException failure, string? attempted) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation ? violation.TableName ?? attempted ?? "" : null;

    /// <inheritdoc />
    public override bool IsDeadlock(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await using var pooled = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
        await base.DisposeAsync();
    }

    // Statements used twice stay prepared on their connection.
    // Settings and locks are taken for a transaction only (SET LOCAL, xact locks), so that nothing is left to reset when a
    // connection is given back: half the round trips of a short cycle were resets.
    // Plans are made for the tables as they are: one kept from when they were empty reads a whole table for each row of an
    // import, until the statistics are taken.
    private static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.Options = $"{given.Options} -c plan_cache_mode=force_custom_plan".Trim();
        (given.MaxAutoPrepare, given.AutoPrepareMinUsages, given.NoResetOnClose) = (200, 2, true);
        return given.ConnectionString;
    }
}
