using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Blobs;
using CentralPay.Workflows.Storage.Cases;
using CentralPay.Workflows.Storage.Clock;
using CentralPay.Workflows.Storage.CrossMerchant;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Figures;
using CentralPay.Workflows.Storage.Keys;
using CentralPay.Workflows.Storage.Ledger;
using CentralPay.Workflows.Storage.People;
using CentralPay.Workflows.Storage.PostgreSql;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Scopes;
using CentralPay.Workflows.Storage.Sqlite;
using CentralPay.Workflows.Storage.SqlServer;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Storage;

/// <summary>Puts the ports of engine and payments on a database.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Registers the database that <c>Storage:Provider</c> and <c>Storage:ConnectionString</c> name, and everything that
    /// reads and writes it. <see cref="TimeProvider"/> must be registered: it is business time. Run
    /// <see cref="DatabaseStart.MigrateAsync"/> before anything else.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        services.AddSingleton(options);
        services.AddSingleton<Database>(_ => Open(options));
        services.AddSingleton<DatabaseStart>();
        if (options.Provider == StorageProvider.PostgreSql)
        {
            services.AddSingleton<NodeNews>();
            services.AddHostedService(provider => provider.GetRequiredService<NodeNews>());
        }

        AddScopes(services, Path.GetFullPath(options.BlobFolder));
        services.AddSingleton<IWorkQueue, WorkQueue>();
        services.AddSingleton<IOutboxQueue, OutboxQueue>();
        services.AddSingleton<IMerchantDirectory, MerchantDirectory>();
        services.AddSingleton<IClockOffsetStore, ClockOffsetStore>();
        services.AddOptions();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRing>()));
        return services;
    }

    /// <summary>Keeps Identity's people and roles in this database.</summary>
    public static IdentityBuilder AddPersonStores(this IdentityBuilder identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.AddEntityFrameworkStores<CollectionsDb>();
    }

    private static void AddScopes(IServiceCollection services, string blobFolder)
    {
        services.TryAddScoped<MerchantBinding>();
        services.TryAddScoped<ICurrentActor>(provider => provider.GetRequiredService<MerchantBinding>());
        services.AddSingleton<MerchantScopes>();
        services.AddSingleton<IMerchantScopes>(provider => provider.GetRequiredService<MerchantScopes>());
        services.AddSingleton<ITenantScopes>(provider => provider.GetRequiredService<MerchantScopes>());

        services.AddScoped(provider => provider.GetRequiredService<Database>().NewContext(provider.GetRequiredService<MerchantBinding>()));

        // Most bursts read nothing by it: it is made when it is first needed.
        services.AddScoped(provider => new Lazy<CollectionsDb>(provider.GetRequiredService<CollectionsDb>));
        services.AddSingleton(provider => new CommitQueue(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<EngineLimits>() ?? new EngineLimits()));
        services.AddScoped(provider => new UnitOfWork(
            provider.GetRequiredService<MerchantBinding>(),
            new RecordReader(provider.GetRequiredService<Lazy<CollectionsDb>>(), provider.GetRequiredService<Database>(), provider.GetRequiredService<MerchantBinding>()),
            provider.GetRequiredService<CommitQueue>(),
            provider));
        services.AddScoped<IEngineUnitOfWork>(provider => provider.GetRequiredService<UnitOfWork>());
        services.AddScoped<IMerchantRecords>(provider => provider.GetRequiredService<UnitOfWork>());
        services.AddScoped<ICaseStore, CaseStore>();
        services.AddScoped<IQueuedStarts, QueuedStarts>();
        services.AddScoped<IScenarioStore, ScenarioStore>();
        services.AddScoped<ILedger, LedgerBook>();
        services.AddScoped<ICollectionFigures, CollectionFiguresReader>();
        services.AddScoped<IScenarioFigures, ScenarioFiguresReader>();
        services.AddScoped<IIncidentFigures, IncidentFiguresReader>();
        services.AddScoped<ICollectionHistory, CollectionHistoryReader>();
        services.AddScoped<ICustomerFigures, CustomerFiguresReader>();
        services.AddScoped<IPeopleDirectory, PeopleDirectory>();
        services.AddScoped<IBlobStore>(provider => new BlobFolder(blobFolder, provider.GetRequiredService<MerchantBinding>()));
    }

    private static Database Open(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => new SqliteDatabase(options.ConnectionString),
        StorageProvider.PostgreSql => new PostgreSqlDatabase(options.ConnectionString),
        StorageProvider.SqlServer => new SqlServerDatabase(options.ConnectionString),
        _ => throw new InvalidOperationException($"Storage:Provider is {options.Provider}; it must be Sqlite, PostgreSql or SqlServer."),
    };
}
