using System.Data.Common;
using System.Text.Json;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.Sqlite;

/// <summary>How SQLite says things.</summary>
internal sealed class SqliteDialect : Dialect
{
    public override string Clock => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

    public override string Parameter(int number) => $"${number}";

    public override string ParameterName(int number) => $"${number}";

    public override string IsOneOf(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override object TextList(IReadOnlyCollection<string> values) => JsonSerializer.Serialize(values);

    public override object GuidList(IReadOnlyCollection<Guid> values) =>
        JsonSerializer.Serialize(values.Select(value => value.ToString().ToUpperInvariant()));

    public override object Instant(DateTimeOffset value) => Instants.ToMicroseconds(value);

    public override DateTimeOffset ReadInstant(DbDataReader row, int column) => Instants.FromMicroseconds(row.GetInt64(column));

    internal override SqlText InsertOnce(string table, string columns, string values, IReadOnlyList<(string Column, string Parameter)> unique, string? unless) =>
        $"INSERT INTO {table} ({columns}) {(unless is null ? $"VALUES ({values})" : $"SELECT {values} WHERE NOT EXISTS ({unless})")} ON CONFLICT ({string.Join(", ", unique.Select(part => part.Column))}) DO NOTHING";
}
