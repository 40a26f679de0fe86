using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>
/// The database of the house: every table, and reads of them. A context sees one merchant's rows, those of the binding it
/// was opened with; records are written by the unit of work alone, people through Identity's stores.
/// </summary>
public abstract class CollectionsDb(DbContextOptions options, MerchantBinding binding)
    : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>The merchant whose rows are seen; throws <see cref="InvalidOperationException"/> in an unbound scope.</summary>
    public Guid BoundMerchantId => binding.MerchantId;

    /// <inheritdoc />
    protected sealed override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseRecords();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseRecords();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.ComplexProperties<Money>();

        // By name: a value inserted into an enum must not change the meaning of rows that exist.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        PeopleTables.Map(builder);
        RecordTables.Map(builder, this);
        LedgerTables.Map(builder, this);
        EngineTables.Map(builder, this);
        HouseTables.Map(builder);
        Naming.Apply(builder);
    }

    private void RefuseRecords()
    {
        if (ChangeTracker.Entries().FirstOrDefault(entry => entry.Entity is IMerchantRecord)?.Entity is { } record)
        {
            throw new InvalidOperationException(
                $"A {record.GetType().Name} is written by the unit of work, never by the context: append it to IMerchantRecords.");
        }
    }
}
