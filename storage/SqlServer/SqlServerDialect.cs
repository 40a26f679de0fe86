using System.Data.Common;
using System.Text.Json;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.SqlServer;

/// <summary>How SQL Server says things. Unverified: written from its documentation, not yet run against a server.</summary>
internal sealed class SqlServerDialect : Dialect
{
    public override string Clock => "DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME())";

    // The keys come as a JSON list; each lock is held until the transaction ends.
    public override string? LockKeys => """
        DECLARE @key nvarchar(32), @held int = 0;
        DECLARE sorted CURSOR LOCAL FAST_FORWARD FOR SELECT value FROM OPENJSON(@p1) ORDER BY CAST(value AS bigint);
        OPEN sorted; FETCH NEXT FROM sorted INTO @key;
        WHILE @@FETCH_STATUS = 0
        BEGIN
          EXEC sp_getapplock @Resource = @key, @LockMode = 'Exclusive', @LockOwner = 'Transaction';
          SET @held += 1; FETCH NEXT FROM sorted INTO @key;
        END;
        CLOSE sorted; DEALLOCATE sorted;
        SELECT CAST(@held AS bigint);
        """;

    public override string Concat(string left, string right) => $"CONCAT({left}, {right})";

    public override string LockAfterTable => " WITH (UPDLOCK)";

    public override string PlainId(string column) => $"LOWER(REPLACE(CONVERT(nvarchar(36), {column}), '-', ''))";

    public override string Parameter(int number) => $"@p{number}";

    public override string ParameterName(int number) => $"@p{number}";

    public override string IsOneOf(string column, string parameter) => $"{column} IN (SELECT value FROM OPENJSON({parameter}))";

    public override object TextList(IReadOnlyCollection<string> values) => JsonSerializer.Serialize(values);

    public override object GuidList(IReadOnlyCollection<Guid> values) => JsonSerializer.Serialize(values);

    // Everybody waits for everybody here: simpler, and never wrong.
    public override IReadOnlyList<object> LockValues(IReadOnlyList<long> sortedKeys, IReadOnlyList<bool> forAll) => [JsonSerializer.Serialize(sortedKeys)];

    public override object Instant(DateTimeOffset value) => Instants.Rounded(value);

    public override DateTimeOffset ReadInstant(DbDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    // Neither flags nor limits are written as elsewhere: a context knows.
    internal override string? AtMost(string parameter) => null;

    internal override SqlText InsertOnce(string table, string columns, string values, IReadOnlyList<(string Column, string Parameter)> unique, string? unless)
    {
        var same = string.Join(" AND ", unique.Select(part => $"{part.Column} = {part.Parameter}"));
        return $"INSERT INTO {table} ({columns}) SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE {same}){(unless is null ? "" : $" AND NOT EXISTS ({unless})")}";
    }
}
