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
}

/// <summary>For <c>dotnet ef</c>.</summary>
public sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlCollectionsDb>
{
    /// <inheritdoc />
    public PostgreSqlCollectionsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlCollectionsDb>().UseNpgsql("Host=127.0.0.1;Database=design").Options, new MerchantBinding());
}
