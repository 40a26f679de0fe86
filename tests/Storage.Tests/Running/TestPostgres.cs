using Npgsql;

namespace CentralPay.Workflows.Storage.Tests.Running;

/// <summary>The PostgreSQL that the test script starts.</summary>
internal static class TestPostgres
{
    public static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Admin()) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    public static async Task ExecuteAsync(string sql)
    {
        await using var admin = new NpgsqlConnection(Admin());
        await admin.OpenAsync();
        await using var command = admin.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static string Admin() =>
        Environment.GetEnvironmentVariable("CENTRALPAY_TEST_POSTGRES") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("These tests need PostgreSQL. Run ./test, which starts one and sets CENTRALPAY_TEST_POSTGRES.");
}
