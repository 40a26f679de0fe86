using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>Reads of the ledger over a <see cref="MemoryStore"/> and one unit of work.</summary>
public sealed class MemoryLedger(MemoryStore store, MemoryRecords records) : ILedger
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<string, long>> BalanceAsync(LedgerAccount account, Guid? customerId, Guid? invoiceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, long>>(store.EntriesOf(records.MerchantId).Concat(records.Appended)
            .SelectMany(entry => entry.Lines)
            .Where(line => line.Account == account && (customerId is null || line.CustomerId == customerId) && (invoiceId is null || line.InvoiceId == invoiceId))
            .GroupBy(line => line.Currency)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.AmountMinor)));

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<string, long>> AvailableAsync(LedgerAccount account, DateTimeOffset debitsBefore, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, long>>(store.EntriesOf(records.MerchantId).Concat(records.Appended)
            .SelectMany(entry => entry.Lines.Where(line => line.Account == account && (line.AmountMinor < 0 || entry.At < debitsBefore)))
            .GroupBy(line => line.Currency)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.AmountMinor)));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<BeneficiaryAccountBalance>> OfBeneficiariesAsync(LedgerAccount account, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<BeneficiaryAccountBalance>>(
            [.. store.EntriesOf(records.MerchantId)
                .SelectMany(entry => entry.Lines)
                .Where(line => line.Account == account && line.BeneficiaryId is not null)
                .GroupBy(line => (line.BeneficiaryId, line.Currency))
                .Select(group => new BeneficiaryAccountBalance(group.Key.BeneficiaryId!.Value, group.Key.Currency, group.Sum(line => line.AmountMinor)))]);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<AccountBalance>> TrialBalanceAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<AccountBalance>>(
            [.. store.EntriesOf(records.MerchantId)
                .SelectMany(entry => entry.Lines)
                .GroupBy(line => (line.Account, line.Currency))
                .Select(group => new AccountBalance(group.Key.Account, group.Key.Currency, group.Sum(line => line.AmountMinor)))
                .OrderBy(balance => balance.Account).ThenBy(balance => balance.Currency, StringComparer.Ordinal)]);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LedgerEntry>> PageAsync(Guid? before, int limit, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(
            [.. store.EntriesOf(records.MerchantId).Where(entry => before is null || entry.Id.CompareTo(before.Value) < 0).OrderByDescending(entry => entry.Id).Take(limit)]);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LedgerEntry>> OfInvoiceAsync(Guid invoiceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(
            [.. store.EntriesOf(records.MerchantId).Concat(records.Appended).Where(entry => entry.Lines.Any(line => line.InvoiceId == invoiceId)).OrderBy(entry => entry.At)]);
}
