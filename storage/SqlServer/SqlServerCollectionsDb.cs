using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CentralPay.Workflows.Storage.SqlServer;

/// <summary>The database of the house on SQL Server.</summary>
public sealed class SqlServerCollectionsDb(DbContextOptions<SqlServerCollectionsDb> options, MerchantBinding binding) : CollectionsDb(options, binding)
{
    // Keys are compared letter by letter, as the other databases do.
    private const string Exact = "Latin1_General_100_BIN2";

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>().HaveColumnType("datetimeoffset(6)");
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetProviderClrType() ?? property.ClrType) == typeof(string) || property.ClrType.IsEnum)
            {
                property.SetCollation(Exact);
            }
        }
    }
}

/// <summary>For <c>dotnet ef</c>.</summary>
public sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerCollectionsDb>
{
    /// <inheritdoc />
    public SqlServerCollectionsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerCollectionsDb>().UseSqlServer("Server=127.0.0.1;Database=design").Options, new MerchantBinding());
}
