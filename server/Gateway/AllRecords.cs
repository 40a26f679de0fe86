using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads all rows that fit, however many, page by page: one that is not read is never asked about.</summary>
internal static class AllRecords
{
    private const int PageSize = 500;

    /// <summary>The rows, newest first.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(this IMerchantRecords records, Expression<Func<T, bool>> where, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        List<T> all = [];
        IReadOnlyList<T> page;
        do
        {
            page = await records.PageAsync(where, all.Count == 0 ? null : all[^1].Id, PageSize, cancellationToken);
            all.AddRange(page);
        }
        while (page.Count == PageSize);

        return all;
    }
}
