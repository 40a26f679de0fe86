using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>The database of the house on PostgreSQL.</summary>
public sealed class PostgreSqlCollectionsDb(DbContextOptions<PostgreSqlCollectionsDb> options, MerchantBinding binding) : CollectionsDb(options, binding)
{
    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // A claim changes no index where its page has room for the new row.
        builder.Entity<WorkItem>().HasStorageParameter("fillfactor", 50);
    }
}

/// <summary>For <c>dotnet ef</c>.</summary>
public sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlCollectionsDb>
{
    /// <inheritdoc />
    public PostgreSqlCollectionsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlCollectionsDb>().UseNpgsql("Host=127.0.0.1;Database=design").Options, new MerchantBinding());
}
