using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.PostgreSql;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>A queue that was empty a moment ago: thousands of items come at once, and each is still found by its index.</summary>
public sealed class PlannerStatisticsTests() : StorageTest(StorageProvider.PostgreSql)
{
    private const int Many = 2_000;
    private const string ById = "DELETE FROM work_items WHERE merchant_id = $1 AND id = $2 AND lease_token = $3";
    private const string NoId = "by_id(NULL, NULL, NULL)";

    [Fact]
    public async Task What_is_planned_for_an_empty_queue_is_planned_anew_when_thousands_come_at_once()
    {
        await House.ExecuteAsync($"ANALYZE work_items");
        await using var connection = (NpgsqlConnection)await House.Database.OpenAsync();
        await PrepareAsync(connection);
        await EnqueueAsync(Many);

        var claimed = await House.Get<IWorkQueue>().ClaimAsync("test", 32, TimeSpan.FromMinutes(1));

        Assert.Equal(32, claimed.Count);
        Assert.Equal(Many, await House.NumberAsync($"SELECT reltuples::bigint AS \"Value\" FROM pg_class WHERE relname = 'work_items'"));
        Assert.Contains("Index Scan using pk_work_items", await PlanAsync(connection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connections_that_work_keep_their_plans_and_find_rows_by_an_index_however_few_there_are()
    {
        await House.ExecuteAsync($"ANALYZE work_items");
        await using var connection = (NpgsqlConnection)await House.Database.OpenAsync();
        await PrepareAsync(connection);

        var plan = await PlanAsync(connection);

        Assert.Contains("Index Scan", plan, StringComparison.Ordinal);
        Assert.Contains("$1", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Among_thousands_of_waits_those_for_an_event_are_found_by_its_hash()
    {
        await AppendAsync(Enumerable.Range(0, Many).Select(number => (EngineChange)new BookmarkCreated(new Bookmark
        {
            Id = Guid.CreateVersion7(),
            TenantId = Merchant,
            CaseId = Guid.CreateVersion7(),
            Name = "Event",
            Hash = $"hash-{number}",
            ActivityInstanceId = "1",
            NodeId = "wait",
            CreatedAt = TestDatabase.Start,
        })));
        await House.ExecuteAsync($"ANALYZE bookmarks");
        await using var connection = (NpgsqlConnection)await House.Database.OpenAsync();

        var plan = await ExplainAsync(connection, "PREPARE by_hash(uuid, text[]) AS SELECT id FROM bookmarks b WHERE b.merchant_id = $1 AND b.hash = ANY($2) ORDER BY b.id FOR UPDATE OF b", $"by_hash('{Merchant}', '{{hash-1}}')");

        Assert.Contains("ix_bookmarks_merchant_id_hash", plan, StringComparison.Ordinal);
        Assert.Contains("hash = ANY ($2)", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connections_that_pages_are_read_on_leave_the_planner_free()
    {
        await using var db = House.Database.NewContext(new Payments.Access.MerchantBinding());
        await using var pages = new NpgsqlConnection(House.Database.ConnectionString);
        await pages.OpenAsync();
        await using var setting = new NpgsqlCommand("SELECT current_setting('enable_seqscan') || ' ' || current_setting('plan_cache_mode')", pages);

        Assert.Equal("on auto", await setting.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("Host=db", 24)]
    [InlineData("Host=db;Maximum Pool Size=7", 7)]
    public async Task A_pool_is_as_large_as_it_is_told_and_else_fits_into_a_server_as_it_comes(string connectionString, int size)
    {
        await using var database = new PostgreSqlDatabase(connectionString);

        Assert.Equal(size, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize);
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string prepared, string execution)
    {
        await using var prepare = new NpgsqlCommand(prepared, connection);
        await prepare.ExecuteNonQueryAsync();
        return await PlanAsync(connection, execution);
    }

    private static Task<string> PrepareAsync(NpgsqlConnection connection) => ExplainAsync(connection, $"PREPARE by_id(uuid, uuid, uuid) AS {ById}", NoId);

    private static async Task<string> PlanAsync(NpgsqlConnection connection, string execution = NoId)
    {
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE {execution}", connection);
        await using var lines = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await lines.ReadAsync())
        {
            plan.Add(lines.GetString(0));
        }

        return string.Join('\n', plan);
    }

    private Task EnqueueAsync(int count) => AppendAsync(Enumerable.Range(0, count).Select(number => (EngineChange)new WorkEnqueued(new WorkItem
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        Kind = WorkKind.Start,
        Key = $"start:{number}",
        CaseId = Guid.CreateVersion7(),
        EnqueuedAt = TestDatabase.Start,
    })));

    private async Task AppendAsync(IEnumerable<EngineChange> changes)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var change in changes)
        {
            work.Append(change);
        }

        await work.CommitAsync();
    }
}
