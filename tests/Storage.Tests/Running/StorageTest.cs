using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Storage.Tests.Running;

/// <summary>Tests that hold on every database: derived once for each.</summary>
public abstract class StorageTest(StorageProvider provider) : IAsyncLifetime
{
    protected StorageProvider Provider { get; } = provider;

    protected Guid Merchant { get; } = Guid.CreateVersion7();

    protected Guid OtherMerchant { get; } = Guid.CreateVersion7();

    protected TestDatabase House { get; private set; } = null!;

    public async Task InitializeAsync() => House = await TestDatabase.OpenAsync(Provider);

    public async Task DisposeAsync() => await House.DisposeAsync();

    protected async Task CommitAsync(Action<IMerchantRecords> append, Guid? merchant = null)
    {
        await using var scope = House.Open(merchant ?? Merchant);
        append(scope.Records);
        await scope.Records.CommitAsync();
    }

    protected async Task<T> ReadAsync<T>(Func<IMerchantRecords, ValueTask<T>> read, Guid? merchant = null)
    {
        await using var scope = House.Open(merchant ?? Merchant);
        return await read(scope.Records);
    }
}
