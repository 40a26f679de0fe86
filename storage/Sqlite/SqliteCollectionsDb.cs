using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CentralPay.Workflows.Storage.Sqlite;

/// <summary>The database of the house on SQLite.</summary>
public sealed class SqliteCollectionsDb(DbContextOptions<SqliteCollectionsDb> options, MerchantBinding binding) : CollectionsDb(options, binding)
{
    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantInMicroseconds>();
    }
}

/// <summary>For <c>dotnet ef</c>.</summary>
public sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteCollectionsDb>
{
    /// <inheritdoc />
    public SqliteCollectionsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCollectionsDb>().UseSqlite("Data Source=design.db").Options, new MerchantBinding());
}
