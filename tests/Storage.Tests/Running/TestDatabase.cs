using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.PostgreSql;
using CentralPay.Workflows.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests.Running;

/// <summary>A fresh database of its own, migrated, with the registration that the server uses; gone at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);

    private readonly StorageProvider provider;
    private readonly string folder;
    private readonly string? name;

    private TestDatabase(StorageProvider provider, string folder, string connectionString, string? name, Action<IServiceCollection>? more)
    {
        this.provider = provider;
        this.folder = folder;
        this.name = name;
        ConnectionString = connectionString;
        Services = Build(more);
    }

    public string ConnectionString { get; }

    public string Folder => folder;

    public TestClock Clock { get; } = new(Start);

    public RecordingFeed Feed { get; } = new();

    public ServiceProvider Services { get; }

    public Database Database => Services.GetRequiredService<Database>();

    public static async Task<TestDatabase> OpenAsync(StorageProvider provider, Action<IServiceCollection>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("centralpay-storage-").FullName;
        var name = provider == StorageProvider.PostgreSql ? $"test_{Guid.CreateVersion7():N}" : null;
        var connectionString = name is null ? await CopyAsync(Path.Combine(folder, "test.db")) : await CreateAsync(name);
        var database = new TestDatabase(provider, folder, connectionString, name, more);
        await database.Services.GetRequiredService<DatabaseStart>().MigrateAsync();
        return database;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public IMerchantScope Open(Guid merchantId) => Get<IMerchantScopes>().Open(merchantId, Actor.System);

    /// <summary>Runs a statement as it is, for what no port does.</summary>
    public async Task<int> ExecuteAsync(FormattableString sql)
    {
        await using var db = Database.NewContext(new MerchantBinding());
        return await db.Database.ExecuteSqlAsync(sql);
    }

    public async Task<long> NumberAsync(FormattableString sql)
    {
        await using var db = Database.NewContext(new MerchantBinding());
        return await db.Database.SqlQuery<long>(sql).SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (provider == StorageProvider.Sqlite)
        {
            SqliteConnection.ClearAllPools();
        }
        else
        {
            await TestPostgres.ExecuteAsync($"DROP DATABASE \"{name}\" WITH (FORCE)");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CopyAsync(string path)
    {
        File.Copy(await SqliteTemplate.Value, path);
        return $"Data Source={path}";
    }

    private static async Task<string> CreateAsync(string name)
    {
        var template = await PostgresTemplate.Value;
        await TestPostgres.ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return TestPostgres.ConnectionTo(name);
    }

    // Migrated once in a test run; each test has a copy.
    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("centralpay-template-").FullName, "template.db");
        await using (var database = new SqliteDatabase($"Data Source={path};Pooling=False"))
        {
            await new DatabaseStart(database).MigrateAsync();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var name = $"template_{Guid.CreateVersion7():N}";
        await TestPostgres.ExecuteAsync($"CREATE DATABASE \"{name}\"");
        await using var database = new PostgreSqlDatabase(TestPostgres.ConnectionTo(name));
        await new DatabaseStart(database).MigrateAsync();
        return name;
    }

    private ServiceProvider Build(Action<IServiceCollection>? more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = provider.ToString(),
            ["Storage:ConnectionString"] = ConnectionString,
            ["Storage:BlobFolder"] = Path.Combine(folder, "blobs"),
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ICollectionFeed>(Feed);
        services.AddStorage(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}

/// <summary>A feed that remembers.</summary>
public sealed class RecordingFeed : ICollectionFeed
{
    public List<(Guid MerchantId, DomainEvent Event)> Published { get; } = [];

    public void Publish(Guid merchantId, IReadOnlyList<DomainEvent> events) => Published.AddRange(events.Select(happened => (merchantId, happened)));

    public IDisposable Subscribe(Guid merchantId, Action<IReadOnlyList<DomainEvent>> onEvents) => throw new InvalidOperationException("Nobody subscribes in these tests.");
}
