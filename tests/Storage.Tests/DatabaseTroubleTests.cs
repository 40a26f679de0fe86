using System.Data.Common;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>A disk without room: what does not fit is refused whole, and can be written once there is room again.</summary>
public sealed class FullDiskTests() : StorageTest(StorageProvider.Sqlite)
{
    private const int Full = 13;

    [Fact]
    public async Task What_finds_the_disk_full_leaves_nothing_half_done_and_is_written_once_there_is_room()
    {
        await CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-1")));
        await using var scope = House.Open(Merchant);
        scope.Records.Add(Sample.Invoice(Merchant, "F-2"));
        scope.Records.Post(Sample.Sale(Merchant, "invoice:2", 100));
        scope.Records.Add(Sample.Invoice(Merchant, "F-3") with { Description = new string('x', 200_000) });

        var pages = await WriterAsync("PRAGMA page_count");
        await WriterAsync($"PRAGMA max_page_count = {pages}");
        var failure = await Assert.ThrowsAnyAsync<DbException>(() => scope.Records.CommitAsync());

        Assert.Equal(Full, Assert.IsType<SqliteException>(failure).SqliteErrorCode);
        Assert.Equal("F-1", Assert.Single(await ReadAsync(records => records.ListAsync<Invoice>(invoice => true))).Number);
        Assert.Equal(0, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines"));

        await WriterAsync("PRAGMA max_page_count = 1000000");
        await scope.Records.CommitAsync();
        Assert.Equal(3, await ReadAsync(records => records.CountAsync<Invoice>(invoice => true)));
        Assert.True(await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines") > 0);
    }

    private async Task<long> WriterAsync(string sql)
    {
        await using var lease = await House.Database.WriteAsync();
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }
}

/// <summary>Two transactions that wait for each other: the database ends one, and it is written again.</summary>
public sealed class DeadlockTests() : StorageTest(StorageProvider.PostgreSql)
{
    [Fact]
    public async Task A_commit_that_loses_against_another_is_written_again()
    {
        CaseRecord[] cases = [.. Enumerable.Range(0, 2).Select(number => Case(number)).OrderBy(@case => @case.Id)];
        await AppendAsync([.. cases.Select(@case => new CaseChanged(@case, 0))]);
        await using var other = (NpgsqlConnection)await House.Database.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "SET LOCAL deadlock_timeout = '60s'");
        await ExecuteAsync(other, "UPDATE cases SET customer_key = 'C-2' WHERE id = @id", cases[1].Id);

        var commit = AppendAsync([.. cases.Select(@case => new CaseChanged(@case with { Revision = 2, Reference = "moved" }, 1))]);
        while (await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'") == 0)
        {
            await Task.Yield();
        }

        await ExecuteAsync(other, "UPDATE cases SET customer_key = 'C-1' WHERE id = @id", cases[0].Id);
        await transaction.CommitAsync();
        await commit;

        Assert.Equal(2, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM cases WHERE reference = 'moved' AND revision = 2"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, Guid? id = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (id is { } known)
        {
            command.Parameters.AddWithValue("id", known);
        }

        await command.ExecuteNonQueryAsync();
    }

    private async Task AppendAsync(params EngineChange[] changes)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var change in changes)
        {
            work.Append(change);
        }

        await work.CommitAsync();
    }

    private CaseRecord Case(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        DefinitionId = "dunning",
        DefinitionVersionId = "dunning-v1",
        Version = 1,
        StartKey = $"dunning:{number}",
        Revision = 1,
        CreatedAt = TestDatabase.Start,
        UpdatedAt = TestDatabase.Start,
    };
}
