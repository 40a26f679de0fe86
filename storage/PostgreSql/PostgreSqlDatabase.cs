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
    // What the writing connections run finds its rows by an index, whatever the tables hold: their plans are made once and
    // kept, and the planner, which may believe the queue as empty as it was a minute ago, is not asked for another way. A lock
    // that is not had in time is refused by the database itself, before we stop waiting and know nothing.
    private const string ByIndex =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off" +
        " -c default_transaction_isolation=read\\ committed -c lock_timeout=20s";

    // Two pools and another server fit into the hundred connections that PostgreSQL has by itself.
    private const int UsualPool = 24;

    private readonly DbContextOptions<PostgreSqlCollectionsDb> options;
    private readonly string byIndex;
    private readonly PlannerStatistics statistics;

    /// <summary>The database a connection string names.</summary>
    public PostgreSqlDatabase(string connectionString)
        : base(Complete(connectionString))
    {
        options = Options<PostgreSqlCollectionsDb>(builder => builder.UseNpgsql(ConnectionString));
        byIndex = WithOptions(ConnectionString, ByIndex);
        statistics = new PlannerStatistics(ConnectionString);
        WriterPatience = TimeSpan.FromMilliseconds(100);
    }

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
        var connection = new NpgsqlConnection(byIndex);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    internal override ValueTask KeepUpAsync(CancellationToken cancellationToken) => statistics.KeepUpAsync(cancellationToken);

    /// <inheritdoc />
    public override string? UniqueViolationIn(DbException failure, string? attempted) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation ? violation.TableName ?? attempted ?? "" : null;

    internal override bool EndsTransactionsItself => true;

    internal override bool IsMiss(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DivisionByZero };

    // A session that is ended from outside (FATAL) may have committed before it said so.
    internal override bool IsRefusal(DbException failure) => failure is PostgresException { InvariantSeverity: "ERROR" };

    /// <inheritdoc />
    public override bool IsDeadlock(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var pool in new[] { ConnectionString, byIndex })
        {
            await using var pooled = new NpgsqlConnection(pool);
            NpgsqlConnection.ClearPool(pooled);
        }

        await base.DisposeAsync();
    }

    // Statements used twice stay prepared on their connection.
    // Settings and locks are taken for a transaction only (SET LOCAL, xact locks), so that nothing is left to reset when a
    // connection is given back: half the round trips of a short cycle were resets.
    private static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, NoResetOnClose = true, IncludeFailedBatchedCommand = true };
        if (!given.ShouldSerialize("Maximum Pool Size"))
        {
            given.MaxPoolSize = UsualPool;
        }

        return given.ConnectionString;
    }

    private static string WithOptions(string connectionString, string options)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.Options = $"{given.Options} {options}".Trim();
        return given.ConnectionString;
    }
}
