using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>What every table of a merchant has: the merchant leading its key, and a filter to the bound merchant.</summary>
internal static class MerchantFilter
{
    /// <summary>Keys the rows by merchant and identity, and shows only the bound merchant's.</summary>
    public static EntityTypeBuilder OfMerchant(this EntityTypeBuilder rows, CollectionsDb db, string merchantProperty, params string[] key)
    {
        rows.HasKey([merchantProperty, .. key]);
        foreach (var part in key)
        {
            rows.Property(part).ValueGeneratedNever();
        }

        var row = Expression.Parameter(rows.Metadata.ClrType, "row");
        var owner = Expression.Property(row, merchantProperty);
        var bound = Expression.Property(Expression.Constant(db, typeof(CollectionsDb)), nameof(CollectionsDb.BoundMerchantId));
        rows.HasQueryFilter(Expression.Lambda(Expression.Equal(owner, bound), row));
        return rows;
    }
}
