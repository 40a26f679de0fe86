using CentralPay.Workflows.Payments.Ledger;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>The books: entries, and their lines in a table of their own so that balances are sums of one index.</summary>
internal static class LedgerTables
{
    public static void Map(ModelBuilder model, CollectionsDb db)
    {
        model.Entity<LedgerEntry>(rows =>
        {
            rows.OfMerchant(db, nameof(LedgerEntry.MerchantId), nameof(LedgerEntry.Id));
            rows.Ignore(row => row.Lines);
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.At });
        });
        model.Entity<LedgerLineRow>(rows =>
        {
            rows.OfMerchant(db, nameof(LedgerLineRow.MerchantId), nameof(LedgerLineRow.EntryId), nameof(LedgerLineRow.Number));
            rows.Property(row => row.Currency).HasMaxLength(3).IsFixedLength();
            rows.HasIndex(row => new { row.MerchantId, row.Account, row.Currency });
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId });
            rows.HasIndex(row => new { row.MerchantId, row.BeneficiaryId });
            rows.HasOne<LedgerEntry>().WithMany().HasForeignKey(row => new { row.MerchantId, row.EntryId }).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>A line of the books as it is stored.</summary>
public sealed record LedgerLineRow
{
    /// <summary>The merchant whose books it stands in.</summary>
    public required Guid MerchantId { get; init; }

    /// <summary>The entry it belongs to.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Its place in the entry, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The account.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Debit above zero, credit below, in minor units.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>The customer it concerns; null for none.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice it concerns; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The beneficiary it concerns; null for none.</summary>
    public Guid? BeneficiaryId { get; init; }

    /// <summary>The line as the domain knows it.</summary>
    public LedgerLine ToLine() => new()
    {
        Account = Account,
        AmountMinor = AmountMinor,
        Currency = Currency,
        CustomerId = CustomerId,
        InvoiceId = InvoiceId,
        BeneficiaryId = BeneficiaryId,
    };
}
