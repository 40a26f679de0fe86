using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using IDbContextTransaction = Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>A short transaction over all merchants: a claim, a release, a firing of timers.</summary>
internal sealed class CrossMerchantWrite : IAsyncDisposable
{
    private readonly WriteLease lease;
    private readonly IDbContextTransaction transaction;

    private CrossMerchantWrite(WriteLease lease, CollectionsDb db, IDbContextTransaction transaction)
    {
        this.lease = lease;
        this.transaction = transaction;
        Db = db;
    }

    /// <summary>A context bound to no merchant: what it asks must say that it ignores the filters.</summary>
    public CollectionsDb Db { get; }

    public static async Task<CrossMerchantWrite> BeginAsync(Database database, CancellationToken cancellationToken)
    {
        var lease = await database.WriteAsync(cancellationToken);
        var db = database.NewContext(new MerchantBinding());
        try
        {
            db.Database.SetDbConnection(lease.Connection);
            return new CrossMerchantWrite(lease, db, await db.Database.BeginTransactionAsync(cancellationToken));
        }
        catch
        {
            await db.DisposeAsync();
            await lease.DisposeAsync();
            throw;
        }
    }

    public Task CommitAsync() => transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Db.DisposeAsync();
        await lease.DisposeAsync();
    }
}
