using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>The tables of sign-in. They are read before a merchant is known, and so carry no filter.</summary>
internal static class PeopleTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Person>(rows =>
        {
            rows.Property(row => row.Id).ValueGeneratedNever();
            rows.Property(row => row.DisplayName).HasMaxLength(200);
            rows.Property(row => row.Language).HasMaxLength(8);
            rows.HasIndex(row => row.MerchantId);
        });
        model.Entity<IdentityRole<Guid>>().Property(row => row.Id).ValueGeneratedNever();
    }
}
