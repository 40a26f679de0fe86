using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Ledger;

/// <summary>Reads of one merchant's books: sums over lines, never a stored balance.</summary>
internal sealed class LedgerBook(CollectionsDb db, UnitOfWork unit) : ILedger
{
    public async ValueTask<IReadOnlyDictionary<string, long>> BalanceAsync(LedgerAccount account, Guid? customerId, Guid? invoiceId, CancellationToken cancellationToken = default)
    {
        var lines = db.Set<LedgerLineRow>().Where(line => line.Account == account);
        if (customerId is { } customer)
        {
            lines = lines.Where(line => line.CustomerId == customer);
        }

        if (invoiceId is { } invoice)
        {
            lines = lines.Where(line => line.InvoiceId == invoice);
        }

        var balances = await lines.GroupBy(line => line.Currency)
            .Select(currency => new { currency.Key, Sum = currency.Sum(line => line.AmountMinor) })
            .ToDictionaryAsync(row => row.Key, row => row.Sum, StringComparer.Ordinal, cancellationToken);
        foreach (var entry in await AppendedAsync(cancellationToken))
        {
            foreach (var line in entry.Lines.Where(line => line.Account == account
                && (customerId is null || line.CustomerId == customerId)
                && (invoiceId is null || line.InvoiceId == invoiceId)))
            {
                balances[line.Currency] = checked(balances.GetValueOrDefault(line.Currency) + line.AmountMinor);
            }
        }

        return balances;
    }

    public async ValueTask<IReadOnlyDictionary<string, long>> AvailableAsync(LedgerAccount account, DateTimeOffset debitsBefore, CancellationToken cancellationToken = default)
    {
        var balances = await db.Set<LedgerLineRow>().Where(line => line.Account == account)
            .Join(db.Set<LedgerEntry>(), line => line.EntryId, entry => entry.Id, (line, entry) => new { line.Currency, line.AmountMinor, entry.At })
            .Where(line => line.AmountMinor < 0 || line.At < debitsBefore)
            .GroupBy(line => line.Currency)
            .Select(currency => new { currency.Key, Sum = currency.Sum(line => line.AmountMinor) })
            .ToDictionaryAsync(row => row.Key, row => row.Sum, StringComparer.Ordinal, cancellationToken);
        foreach (var entry in await AppendedAsync(cancellationToken))
        {
            foreach (var line in entry.Lines.Where(line => line.Account == account && (line.AmountMinor < 0 || entry.At < debitsBefore)))
            {
                balances[line.Currency] = checked(balances.GetValueOrDefault(line.Currency) + line.AmountMinor);
            }
        }

        return balances;
    }

    public async ValueTask<IReadOnlyList<BeneficiaryAccountBalance>> OfBeneficiariesAsync(LedgerAccount account, CancellationToken cancellationToken = default)
    {
        var sums = await db.Set<LedgerLineRow>()
            .Where(line => line.Account == account && line.BeneficiaryId != null)
            .GroupBy(line => new { line.BeneficiaryId, line.Currency })
            .Select(group => new { group.Key.BeneficiaryId, group.Key.Currency, Sum = group.Sum(line => line.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(row => new BeneficiaryAccountBalance(row.BeneficiaryId!.Value, row.Currency, row.Sum))];
    }

    public async ValueTask<IReadOnlyList<AccountBalance>> TrialBalanceAsync(CancellationToken cancellationToken = default)
    {
        var sums = await db.Set<LedgerLineRow>()
            .GroupBy(line => new { line.Account, line.Currency })
            .Select(group => new { group.Key.Account, group.Key.Currency, Sum = group.Sum(line => line.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums.OrderBy(row => row.Account).ThenBy(row => row.Currency, StringComparer.Ordinal)
            .Select(row => new AccountBalance(row.Account, row.Currency, row.Sum))];
    }

    public async ValueTask<IReadOnlyList<LedgerEntry>> PageAsync(Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var entries = db.Set<LedgerEntry>().AsNoTracking();
        if (before is { } last)
        {
            entries = entries.Where(entry => entry.Id < last);
        }

        return await WithLinesAsync(await entries.OrderByDescending(entry => entry.Id).Take(limit).ToListAsync(cancellationToken), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LedgerEntry>> OfInvoiceAsync(Guid invoiceId, CancellationToken cancellationToken = default)
    {
        var touching = db.Set<LedgerLineRow>().Where(line => line.InvoiceId == invoiceId).Select(line => line.EntryId);
        var entries = await db.Set<LedgerEntry>().AsNoTracking().Where(entry => touching.Contains(entry.Id)).OrderBy(entry => entry.At).ThenBy(entry => entry.Id).ToListAsync(cancellationToken);
        return await WithLinesAsync(entries, cancellationToken);
    }

    private async Task<IReadOnlyList<LedgerEntry>> WithLinesAsync(List<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.ConvertAll(entry => entry.Id);
        var lines = (await db.Set<LedgerLineRow>().AsNoTracking().Where(line => ids.Contains(line.EntryId)).OrderBy(line => line.Number).ToListAsync(cancellationToken))
            .ToLookup(line => line.EntryId, line => line.ToLine());
        return [.. entries.Select(entry => entry with { Lines = [.. lines[entry.Id]] })];
    }

    // An entry whose key is in the books already will be left out by the commit, and so counts for nothing here.
    private async Task<IReadOnlyList<LedgerEntry>> AppendedAsync(CancellationToken cancellationToken)
    {
        var appended = unit.Changes.Entries;
        if (appended.Count == 0)
        {
            return [];
        }

        string[] keys = [.. appended.Keys];
        var booked = await db.Set<LedgerEntry>().Where(entry => keys.Contains(entry.Key)).Select(entry => entry.Key).ToListAsync(cancellationToken);
        return [.. appended.Where(entry => !booked.Contains(entry.Key)).Select(entry => entry.Value)];
    }
}
