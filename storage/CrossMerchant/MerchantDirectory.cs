using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>Finds the one merchant that something unique belongs to.</summary>
internal sealed class MerchantDirectory(Database database) : IMerchantDirectory
{
    public async ValueTask<IReadOnlyList<Guid>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await Over<Merchant>(db).OrderBy(merchant => merchant.Id).Select(merchant => merchant.MerchantId).ToListAsync(cancellationToken);
    }

    public async ValueTask<Guid?> FindBySlugAsync(string slug, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await Over<Merchant>(db).Where(merchant => merchant.Slug == slug).Select(merchant => (Guid?)merchant.MerchantId).FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask<Guid?> FindByLinkTokenAsync(string linkToken, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await Over<PaymentRequest>(db).Where(request => request.LinkToken == linkToken).Select(request => (Guid?)request.MerchantId).FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask<ApiKey?> FindApiKeyAsync(string prefix, CancellationToken cancellationToken = default)
    {
        await using var db = database.NewContext(new MerchantBinding());
        return await Over<ApiKey>(db).FirstOrDefaultAsync(key => key.Prefix == prefix, cancellationToken);
    }

    private static IQueryable<T> Over<T>(CollectionsDb db)
        where T : class => db.Set<T>().IgnoreQueryFilters().AsNoTracking();
}
