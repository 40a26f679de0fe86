using System.Data.Common;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>A file that may not grow.</summary>
public sealed class SqliteFullDiskTests() : FullDiskTests(StorageProvider.Sqlite)
{
    private const int Full = 13;

    protected override async Task FillAsync() => await WriterAsync($"PRAGMA max_page_count = {await WriterAsync("PRAGMA page_count")}");

    protected override Task MakeRoomAsync() => WriterAsync("PRAGMA max_page_count = 1000000");

    protected override bool SaysFull(DbException failure) => failure is SqliteException { SqliteErrorCode: Full };

    private async Task<long> WriterAsync(string sql)
    {
        await using var lease = await House.Database.WriteAsync();
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }
}

/// <summary>A table that cannot be extended: the server's own error, raised where the server would raise it. A full disk of the log ends the server instead, which is a lost connection.</summary>
public sealed class PostgreSqlFullDiskTests() : FullDiskTests(StorageProvider.PostgreSql)
{
    protected override async Task FillAsync()
    {
        await House.ExecuteAsync($"CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''could not extend file: No space left on device'' USING ERRCODE = ''disk_full''; END'");
        await House.ExecuteAsync($"CREATE TRIGGER no_room BEFORE INSERT ON ledger_lines EXECUTE FUNCTION no_room()");
    }

    protected override Task MakeRoomAsync() => House.ExecuteAsync($"DROP TRIGGER no_room ON ledger_lines");

    protected override bool SaysFull(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}

/// <summary>A disk without room: what does not fit is refused whole, and can be written once there is room again.</summary>
public abstract class FullDiskTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task What_finds_the_disk_full_leaves_nothing_half_done_and_is_written_once_there_is_room()
    {
        await CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-1")));
        await using var scope = House.Open(Merchant);
        scope.Records.Add(Sample.Invoice(Merchant, "F-2"));
        scope.Records.Post(Sample.Sale(Merchant, "invoice:2", 100));
        scope.Records.Add(Sample.Invoice(Merchant, "F-3") with { Description = new string('x', 200_000) });

        await FillAsync();
        var failure = await Assert.ThrowsAnyAsync<DbException>(() => scope.Records.CommitAsync());

        Assert.True(SaysFull(failure), failure.Message);
        Assert.Equal("F-1", Assert.Single(await ReadAsync(records => records.ListAsync<Invoice>(invoice => true))).Number);
        Assert.Equal(0, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines"));

        await MakeRoomAsync();
        await scope.Records.CommitAsync();
        Assert.Equal(3, await ReadAsync(records => records.CountAsync<Invoice>(invoice => true)));
        Assert.True(await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines") > 0);
    }

    [Fact]
    public async Task Work_that_finds_the_disk_full_is_given_back_and_done_once_there_is_room()
    {
        var item = new WorkItem { Id = Guid.CreateVersion7(), TenantId = Merchant, Kind = WorkKind.Resume, Key = "full", CaseId = Guid.CreateVersion7(), EnqueuedAt = TestDatabase.Start };
        await AppendAsync(new WorkEnqueued(item));
        var held = Assert.Single(await House.Get<IWorkQueue>().ClaimAsync("test", 1, TimeSpan.FromMinutes(1)));
        await FillAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => DoneAsync(held));

        await MakeRoomAsync();
        await House.Get<IWorkQueue>().ReleaseAsync(held, TimeSpan.Zero, "The disk is full.");
        var again = Assert.Single(await House.Get<IWorkQueue>().ClaimAsync("test", 1, TimeSpan.FromMinutes(1)));
        await DoneAsync(again);

        Assert.Equal(2, again.Attempts);
        Assert.Equal(0, await House.Get<IWorkQueue>().DepthAsync());
        Assert.Equal(2, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines"));

        async Task DoneAsync(WorkItem done)
        {
            await using var scope = House.Open(Merchant);
            scope.Services.GetRequiredService<IEngineUnitOfWork>().Append(new WorkCompleted(done.Id, done.LeaseToken));
            scope.Records.Post(Sample.Sale(Merchant, "invoice:2", 100));
            scope.Records.Add(Sample.Invoice(Merchant, "F-3") with { Description = new string('x', 200_000) });
            await scope.Records.CommitAsync();
        }
    }

    protected abstract Task FillAsync();

    protected abstract Task MakeRoomAsync();

    protected abstract bool SaysFull(DbException failure);

    private async Task AppendAsync(EngineChange change)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(change);
        await work.CommitAsync();
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
