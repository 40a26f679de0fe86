using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.PostgreSql;
using CentralPay.Workflows.Storage.Sqlite;
using CentralPay.Workflows.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>Each database's schema is what its migrations make, and every row in it belongs to a merchant.</summary>
public sealed class SchemaTests
{
    // Read before a merchant is known, or belonging to the house.
    private static readonly string[] OfNoMerchant =
        ["people", "people_claims", "people_logins", "people_roles", "people_tokens", "roles", "role_claims", "clock_state", "data_protection_keys"];

    // What is unique over all merchants, or found by a claim over all of them.
    private static readonly string[] OverAllMerchants =
    [
        "api_keys: prefix", "merchants: slug", "payment_requests: link_token",
        "bookmarks: due_at", "early_stimuli: expires_at", "work_items: claim_rank",
        "effects: claim_lane", "effects: claim_lane, due_at", "effects: due_at",
    ];

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.PostgreSql, StorageProvider.SqlServer];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_model_has_no_changes_that_its_migrations_lack(StorageProvider provider)
    {
        await using var database = Database(provider);
        await using var db = database.NewContext(new MerchantBinding());

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_table_of_a_merchant_is_led_by_it_and_filtered_to_it(StorageProvider provider)
    {
        await using var database = Database(provider);
        await using var db = database.NewContext(new MerchantBinding());
        var crossing = new List<string>();

        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !OfNoMerchant.Contains(entity.GetTableName())))
        {
            var table = entity.GetTableName()!;
            Assert.True(entity.GetDeclaredQueryFilters().Count == 1, $"{table} has no filter to the bound merchant.");
            Assert.Equal("merchant_id", ColumnsOf(entity.FindPrimaryKey()!.Properties, table)[0]);
            crossing.AddRange(entity.GetIndexes().Select(index => ColumnsOf(index.Properties, table))
                .Where(columns => columns[0] != "merchant_id").Select(columns => $"{table}: {string.Join(", ", columns)}"));
        }

        Assert.Equal(OverAllMerchants.Order(StringComparer.Ordinal), crossing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_record_type_of_the_domain_has_a_table()
    {
        await using var database = Database(StorageProvider.Sqlite);
        await using var db = database.NewContext(new MerchantBinding());
        var types = typeof(IMerchantRecord).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMerchantRecord)));

        Assert.All(types, type => Assert.NotNull(db.Model.FindEntityType(type)));
    }

    [Fact]
    public async Task The_script_for_sql_server_is_generated_whole_and_can_run_twice()
    {
        await using var database = Database(StorageProvider.SqlServer);
        await using var db = database.NewContext(new MerchantBinding());

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("IF NOT EXISTS", script, StringComparison.Ordinal);
        Assert.All(db.Model.GetEntityTypes(), entity => Assert.Contains($"CREATE TABLE [{entity.GetTableName()}]", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_one_folder_crosses_merchants()
    {
        var root = Root();
        var crossing = Directory.EnumerateFiles(Path.Combine(root, "storage"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("IgnoreQueryFilters", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));

        Assert.Equal(
            ["storage/CrossMerchant/MerchantDirectory.cs", "storage/CrossMerchant/OutboxQueue.cs", "storage/CrossMerchant/WorkQueue.cs"],
            crossing.Order(StringComparer.Ordinal));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CentralPay.Workflows.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }

    private static List<string> ColumnsOf(IReadOnlyList<IProperty> properties, string table) =>
        [.. properties.Select(property => property.GetColumnName(StoreObjectIdentifier.Table(table))!)];

    private static Database Database(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new SqliteDatabase("Data Source=schema-tests.db"),
        StorageProvider.PostgreSql => new PostgreSqlDatabase("Host=127.0.0.1;Database=schema"),
        _ => new SqlServerDatabase("Server=127.0.0.1;Database=schema"),
    };
}
