using System.Data.Common;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.CrossMerchant;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.SqlServer;

/// <summary>A SQL Server database. Unverified: its schema is checked by tests, its statements have not yet met a server.</summary>
public sealed partial class SqlServerDatabase : Database
{
    private const int UniqueIndexViolation = 2601;
    private const int UniqueConstraintViolation = 2627;
    private const int Deadlock = 1205;

    private readonly DbContextOptions<SqlServerCollectionsDb> options;

    /// <summary>The database a connection string names.</summary>
    public SqlServerDatabase(string connectionString)
        : base(connectionString)
    {
        options = Options<SqlServerCollectionsDb>(builder => builder.UseSqlServer(ConnectionString));
        WriterPatience = TimeSpan.FromMilliseconds(250);
    }

    /// <inheritdoc />
    public override Dialect Dialect { get; } = new SqlServerDialect();

    internal override int MostWriters { get; } = Math.Max(2, Environment.ProcessorCount);

    internal override QueueStatements Queue { get; } = new SqlServerQueueStatements(new SqlServerDialect());

    internal override OutboxStatements Outbox { get; } = new SqlServerOutboxStatements(new SqlServerDialect());

    /// <inheritdoc />
    public override CollectionsDb NewContext(MerchantBinding binding) => new SqlServerCollectionsDb(options, binding);

    /// <inheritdoc />
    public override async ValueTask<WriteLease> WriteAsync(CancellationToken cancellationToken = default)
    {
        var connection = await OpenAsync(cancellationToken);
        return new WriteLease(connection, shelf: null, connection.DisposeAsync);
    }

    /// <inheritdoc />
    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc />
    public override string? UniqueViolationIn(DbException failure, string? attempted) =>
        failure is SqlException { Number: UniqueIndexViolation or UniqueConstraintViolation }
            ? Table().Match(failure.Message) is { Success: true } match ? match.Groups[1].Value : attempted ?? ""
            : null;

    /// <inheritdoc />
    public override bool IsDeadlock(DbException failure) => failure is SqlException { Number: Deadlock };

    [GeneratedRegex(@"'dbo\.(\w+)'")]
    private static partial Regex Table();
}
