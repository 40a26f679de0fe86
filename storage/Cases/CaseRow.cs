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
        return await row.ReadAsync(cancellationToken) ? Read(row, dialect, merchant.MerchantId, caseId) : null;
    }

    private static CaseRecord Read(DbDataReader row, Dialect dialect, Guid merchantId, Guid caseId) => new()
    {
        Id = caseId,
        TenantId = merchantId,
        DefinitionId = row.GetString(0),
        DefinitionVersionId = row.GetString(1),
        Version = row.GetInt32(2),
        StartKey = row.GetString(3),
        CorrelationId = Text(row, 4),
        Status = Enum.Parse<CaseStatus>(row.GetString(5)),
        SubStatus = Enum.Parse<CaseSubStatus>(row.GetString(6)),
        State = row.GetFieldValue<byte[]>(7),
        Revision = row.GetInt64(8),
        Reference = Text(row, 9),
        CustomerKey = Text(row, 10),
        WaitingNodeId = Text(row, 11),
        WaitingSince = Instant(row, 12, dialect),
        WaitingUntil = Instant(row, 13, dialect),
        CreatedAt = dialect.ReadInstant(row, 14),
        UpdatedAt = dialect.ReadInstant(row, 15),
        FinishedAt = Instant(row, 16, dialect),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column, Dialect dialect) => row.IsDBNull(column) ? null : dialect.ReadInstant(row, column);
}
