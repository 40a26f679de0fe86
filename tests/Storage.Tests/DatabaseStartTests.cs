using System.Diagnostics;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Sqlite;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>A start finds the database as the last one left it, whatever happened then.</summary>
public sealed class DatabaseStartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("centralpay-start-").FullName;

    private string Path => System.IO.Path.Combine(folder, "data", "start.db");

    private string ConnectionString => $"Data Source={Path};Pooling=False";

    [Fact]
    public async Task The_first_start_makes_folder_file_and_tables_and_the_second_keeps_the_rows()
    {
        await using (var house = new SqliteDatabase(ConnectionString))
        {
            await new DatabaseStart(house).MigrateAsync();
            await RunAsync("INSERT INTO clock_state (id, offset_microseconds) VALUES (1, 42)");
        }

        await using var again = new SqliteDatabase(ConnectionString);
        await new DatabaseStart(again).MigrateAsync();
        await using var db = again.NewContext(new MerchantBinding());
        Assert.Equal(42, (await db.Set<Schema.ClockState>().SingleAsync()).OffsetMicroseconds);
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_stop_the_next_start()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await RunAsync("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        await RunAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        await using var house = new SqliteDatabase(ConnectionString);
        await new DatabaseStart(house).MigrateAsync(patience.Token);

        await using var db = house.NewContext(Bound());
        Assert.Empty(await db.Set<Customer>().ToListAsync(patience.Token));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using (var house = new SqliteDatabase(ConnectionString))
        {
            await new DatabaseStart(house).MigrateAsync();
            await RunAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '20.0.0')""");
        }

        await using var older = new SqliteDatabase(ConnectionString);
        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(() => new DatabaseStart(older).MigrateAsync());
        Assert.Contains("29990101000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused()
    {
        await using var house = new SqliteDatabase(ConnectionString);
        await new DatabaseStart(house).MigrateAsync();
        using var other = StartOther("flock", "--nonblock", Path + ".lock", "true");
        await other.WaitForExitAsync();
        Assert.NotEqual(0, other.ExitCode);
    }

    [Fact]
    public async Task A_file_that_another_process_holds_is_refused_with_what_to_do()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var other = StartOther("flock", Path + ".lock", "sh", "-c", "echo held; read line");
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());

        await using var house = new SqliteDatabase(ConnectionString);
        var refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => new DatabaseStart(house).MigrateAsync());
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:Provider", refused.Message, StringComparison.Ordinal);

        await other.StandardInput.WriteLineAsync("go");
        await other.WaitForExitAsync();
        await new DatabaseStart(house).MigrateAsync();
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("")]
    public void A_connection_string_without_a_file_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => new SqliteDatabase(connectionString));

    [Fact]
    public async Task Postgres_keeps_its_rows_over_a_second_start()
    {
        await using var house = await TestDatabase.OpenAsync(StorageProvider.PostgreSql);

        await house.Get<DatabaseStart>().MigrateAsync();
        await house.ExecuteAsync($"INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '20.0.0')");

        await Assert.ThrowsAsync<DatabaseTooNewException>(() => house.Get<DatabaseStart>().MigrateAsync());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static MerchantBinding Bound()
    {
        var binding = new MerchantBinding();
        binding.Bind(Guid.CreateVersion7(), Actor.System);
        return binding;
    }

    private static Process StartOther(string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
