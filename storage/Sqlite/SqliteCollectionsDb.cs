using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CentralPay.Workflows.Storage.Sqlite;

/// <summary>The database of the house on SQLite.</summary>
public sealed class SqliteCollectionsDb(DbContextOptions<SqliteCollectionsDb> options, MerchantBinding binding) : CollectionsDb(options, binding)
{
    /// <summary>The file whose gate all who save go through; null where nothing is saved.</summary>
    internal SqliteFile? File { get; init; }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        File?.Enter();
        try
        {
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        finally
        {
            File?.Exit();
        }
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (File is not null)
        {
            await File.EnterAsync(cancellationToken);
        }

        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            File?.Exit();
        }
    }

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
