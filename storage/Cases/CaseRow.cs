using System.Data.Common;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Cases;

/// <summary>One case read by hand: every burst begins with it.</summary>
internal static class CaseRow
{
    private const string Columns =
        "definition_id, definition_version_id, version, start_key, correlation_id, status, sub_status, state, revision, reference, customer_key, waiting_node_id, waiting_since, waiting_until, created_at, updated_at, finished_at";

    private static readonly string[] Names = Columns.Split(", ");

    /// <summary>The columns of a case, of a table that a query names, under names that no other table has.</summary>
    public static string ColumnsOf(string table) => string.Join(", ", Names.Select((name, index) => $"{table}.{name} AS case_{index}"));

    /// <summary>The merchant's case, or null.</summary>
    public static async ValueTask<CaseRecord?> FindAsync(Database database, MerchantBinding merchant, Guid caseId, CancellationToken cancellationToken)
    {
        var dialect = database.Dialect;
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM cases WHERE merchant_id = {dialect.Parameter(1)} AND id = {dialect.Parameter(2)}";
        foreach (var (value, number) in new[] { (merchant.MerchantId, 1), (caseId, 2) })
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = dialect.ParameterName(number);
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row, 0, dialect, merchant.MerchantId, caseId) : null;
    }

    /// <summary>The case whose columns begin at one of a row's; null where they are all null.</summary>
    public static CaseRecord? Read(DbDataReader row, int first, Dialect dialect, Guid merchantId, Guid caseId) => row.IsDBNull(first) ? null : new CaseRecord
    {
        Id = caseId,
        TenantId = merchantId,
        DefinitionId = row.GetString(first),
        DefinitionVersionId = row.GetString(first + 1),
        Version = row.GetInt32(first + 2),
        StartKey = row.GetString(first + 3),
        CorrelationId = Text(row, first + 4),
        Status = Enum.Parse<CaseStatus>(row.GetString(first + 5)),
        SubStatus = Enum.Parse<CaseSubStatus>(row.GetString(first + 6)),
        State = row.GetFieldValue<byte[]>(first + 7),
        Revision = row.GetInt64(first + 8),
        Reference = Text(row, first + 9),
        CustomerKey = Text(row, first + 10),
        WaitingNodeId = Text(row, first + 11),
        WaitingSince = Instant(row, first + 12, dialect),
        WaitingUntil = Instant(row, first + 13, dialect),
        CreatedAt = dialect.ReadInstant(row, first + 14),
        UpdatedAt = dialect.ReadInstant(row, first + 15),
        FinishedAt = Instant(row, first + 16, dialect),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column, Dialect dialect) => row.IsDBNull(column) ? null : dialect.ReadInstant(row, column);
}
