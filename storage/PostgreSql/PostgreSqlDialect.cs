using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>How PostgreSQL says things.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    public override string Clock => "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public override string? LockKeys =>
        "SELECT count(pg_advisory_xact_lock(sorted.k)) FROM (SELECT k FROM unnest($1::bigint[]) AS given(k) ORDER BY k) AS sorted";

    public override string LockAtEnd(string table) => $" FOR UPDATE OF {table}";

    public override string PlainId(string column) => $"replace({column}::text, '-', '')";

    public override string Parameter(int number) => $"${number}";

    public override string ParameterName(int number) => "";

    public override string IsOneOf(string column, string parameter) => $"{column} = ANY({parameter})";

    public override object TextList(IReadOnlyCollection<string> values) => values.ToArray();

    public override object GuidList(IReadOnlyCollection<Guid> values) => values.ToArray();

    public override object Instant(DateTimeOffset value) => Instants.Rounded(value);

    public override DateTimeOffset ReadInstant(DbDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public override object LockKeyList(IReadOnlyList<long> sortedKeys) => sortedKeys.ToArray();

    public override string InsertOnce(string table, string columns, string values, IReadOnlyList<(string Column, string Parameter)> unique) =>
        $"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({string.Join(", ", unique.Select(part => part.Column))}) DO NOTHING";
}
