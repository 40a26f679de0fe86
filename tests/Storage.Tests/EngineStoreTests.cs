using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Tests.Contract;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>The engine's store keeps the contract of every store, on SQLite.</summary>
public sealed class SqliteEngineStoreTests : EngineStoreContract
{
    protected override async ValueTask<EngineStoreUnderTest> OpenStoreAsync() => new StoredEngine(await TestDatabase.OpenAsync(StorageProvider.Sqlite, services => services.AddSingleton(Limits)));
}

/// <summary>The engine's store keeps the contract of every store, on PostgreSQL.</summary>
public sealed class PostgreSqlEngineStoreTests : EngineStoreContract
{
    protected override async ValueTask<EngineStoreUnderTest> OpenStoreAsync() => new StoredEngine(await TestDatabase.OpenAsync(StorageProvider.PostgreSql, services => services.AddSingleton(Limits)));
}

internal sealed class StoredEngine(TestDatabase database) : EngineStoreUnderTest
{
    public override ITenantScopes Scopes => database.Get<ITenantScopes>();

    public override IWorkQueue Queue => database.Get<IWorkQueue>();

    // The database's clock cannot be moved; what it is compared with can.
    public override async ValueTask LetLeaseTimePassAsync(TimeSpan time)
    {
        var microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        await database.ExecuteAsync($"UPDATE work_items SET lease_until_microseconds = lease_until_microseconds - {microseconds}, not_before_microseconds = not_before_microseconds - {microseconds}, claim_rank = claim_rank - {microseconds}");
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
