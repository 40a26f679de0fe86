using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>How PostgreSQL says things.</summary>
internal sealed partial class PostgreSqlDialect : Dialect
{
    public override string Clock => "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    // The two aggregates take turns row by row, so that keys are locked in their order.
    public override string? LockKeys => """
        SELECT count(pg_advisory_xact_lock(sorted.k)) FILTER (WHERE sorted.for_all) + count(pg_advisory_xact_lock_shared(sorted.k)) FILTER (WHERE NOT sorted.for_all)
        FROM (SELECT k, for_all FROM unnest($1::bigint[], $2::boolean[]) AS given(k, for_all) ORDER BY k) AS sorted
        """;

    // Counting no row, it divides by zero.
    public override string OneRowOrFail(string sql) => $"WITH touched AS ({sql} RETURNING 1) SELECT 1 / count(*) FROM touched";

    // Counting fewer rows than were given, it divides by zero too.
    public override string AllRowsOrFail(string sql) => $"WITH touched AS ({sql} RETURNING 1) SELECT 1 / (count(*) = cardinality($1))::int FROM touched";

    internal override string OverMany(string head, string link, string rest)
    {
        var places = Enumerable.Range(1, ParameterPlace().Matches($"{head} {rest}").Max(place => int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture))).ToArray();
        return $"{Given(head)} {link} unnest({string.Join(", ", places.Select(Parameter))}) AS given({string.Join(", ", places.Select(place => $"v{place}"))}) {Given(rest)}".TrimEnd();

        static string Given(string sql) => ParameterPlace().Replace(sql, "given.v$1");
    }

    internal override bool HasLists => true;

    internal override DbParameter ListParameter(RelationalTypeMapping type, object?[] values, DbCommand maker)
    {
        var one = (NpgsqlParameter)type.CreateParameter(maker, "", value: null, nullable: true);
        return new NpgsqlParameter { Value = Lists.Of(type, values), NpgsqlDbType = NpgsqlDbType.Array | one.NpgsqlDbType };
    }

    public override string LockAtEnd(string table) => $" FOR UPDATE OF {table}";

    public override string PlainId(string column) => $"replace({column}::text, '-', '')";

    public override string Parameter(int number) => $"${number}";

    public override string ParameterName(int number) => "";

    public override string IsOneOf(string column, string parameter) => $"{column} = ANY({parameter})";

    public override object TextList(IReadOnlyCollection<string> values) => values.ToArray();

    public override object GuidList(IReadOnlyCollection<Guid> values) => values.ToArray();

    public override object Instant(DateTimeOffset value) => Instants.Rounded(value);

    public override DateTimeOffset ReadInstant(DbDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public override IReadOnlyList<object> LockValues(IReadOnlyList<long> sortedKeys, IReadOnlyList<bool> forAll) => [sortedKeys.ToArray(), forAll.ToArray()];

    internal override SqlText InsertOnce(string table, string columns, string values, IReadOnlyList<(string Column, string Parameter)> unique, string? unless)
    {
        var into = $"INSERT INTO {table} ({columns}) SELECT {values}";
        var rest = $"{(unless is null ? "" : $"WHERE NOT EXISTS ({unless}) ")}ON CONFLICT ({string.Join(", ", unique.Select(part => part.Column))}) DO NOTHING";
        return new SqlText($"{into} {rest}", OverMany(into, "FROM", rest));
    }

    [GeneratedRegex(@"\$(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterPlace();
}
