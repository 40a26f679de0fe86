using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Runtime;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>Makes many waiting cases of one on PostgreSQL: all rows as the engine wrote them, each with identities of its own.</summary>
internal static class ManyCases
{
    private const string Cases = """
        INSERT INTO cases SELECT copy.* FROM cases original, bookmarks wait, generate_series(1, @count) number,
          LATERAL jsonb_populate_record(original, jsonb_build_object(
            'id', md5('case' || number)::uuid, 'start_key', original.start_key || ':' || number, 'correlation_id', 'invoice:' || number, 'reference', 'F-' || number,
            'state', '\x' || encode(convert_to(replace(convert_from(original.state, 'UTF8'), wait.id::text, md5('wait' || number)::uuid::text), 'UTF8'), 'hex'))) copy
        WHERE original.id = @case AND wait.merchant_id = original.merchant_id AND wait.case_id = original.id
        """;

    private const string Waits = """
        INSERT INTO bookmarks SELECT copy.* FROM bookmarks original, generate_series(1, @count) number,
          LATERAL jsonb_populate_record(original, jsonb_build_object(
            'id', md5('wait' || number)::uuid, 'case_id', md5('case' || number)::uuid, 'activity_instance_id', md5('case' || number) || '-3',
            'hash', CASE WHEN original.hash IS NULL THEN NULL ELSE left(md5('hash' || number), 22) END)) copy
        WHERE original.case_id = @case
        """;

    private const string Journal = """
        INSERT INTO journal SELECT copy.* FROM journal original, generate_series(1, @count) number,
          LATERAL jsonb_populate_record(original, jsonb_build_object('id', md5('journal' || number)::uuid, 'case_id', md5('case' || number)::uuid)) copy
        WHERE original.case_id = @case
        """;

    /// <summary>Copies a case that waits at one place so many times.</summary>
    public static async Task MultiplyAsync(House house, Guid caseId, int count)
    {
        foreach (var sql in new[] { Cases, Waits, Journal })
        {
            await ExecuteAsync(house, sql, ("count", count), ("case", caseId));
        }

        await ExecuteAsync(house, "VACUUM ANALYZE");

        // What is measured is the house at rest, not the disk that still takes in the copies.
        await ExecuteAsync(house, "CHECKPOINT");
    }

    /// <summary>The identity of a copy.</summary>
    public static async Task<Guid> CaseAsync(House house, int number) => (Guid)(await ReadAsync(house, "SELECT md5('case' || @number)::uuid", ("number", number)))!;

    /// <summary>Lets a copy wait for an event of its own.</summary>
    public static Task AwaitAsync(House house, int number, string eventName) =>
        ExecuteAsync(house, "UPDATE bookmarks SET hash = @hash WHERE id = md5('wait' || @number)::uuid", ("number", number), ("hash", StimulusHash.Of(Event.StimulusName, new EventStimulus(eventName))));

    /// <summary>Bytes of all tables that cases stand in, with their indexes.</summary>
    public static async Task<long> BytesAsync(House house) =>
        (long)(await ReadAsync(house, "SELECT (pg_total_relation_size('cases') + pg_total_relation_size('bookmarks') + pg_total_relation_size('journal'))::bigint"))!;

    public static async Task<long> CountAsync(House house, string from) => (long)(await ReadAsync(house, $"SELECT count(*) FROM {from}"))!;

    public static async Task ExecuteAsync(House house, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = Command((NpgsqlConnection)connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ReadAsync(House house, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = Command((NpgsqlConnection)connection, sql, values);
        return await command.ExecuteScalarAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, (string Name, object Value)[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
