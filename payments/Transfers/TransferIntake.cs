using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// The one way of transfers into the books, whoever tells them: each once, its money held as unallocated until it is matched.
/// What statement and gateway both tell is one transfer.
/// </summary>
public sealed class TransferIntake(IMerchantRecords records, TimeProvider time, AuditLog audit)
{
    private const int MostLookedAt = 5_000;

    /// <summary>
    /// Appends the transfers that were not told before, and answers how many there were. Throws <see cref="RuleViolationException"/>
    /// for an amount that is not above zero.
    /// </summary>
    public async Task<int> TakeInAsync(IReadOnlyList<ToldTransfer> told, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (told.FirstOrDefault(transfer => !transfer.Amount.IsPositive) is { } broken)
        {
            throw RuleViolationException.Of("amount", broken.Amount.IsZero ? RuleCodes.AmountZero : RuleCodes.AmountNegative);
        }

        var known = await KnownAsync(told, cancellationToken);
        var unknown = told.DistinctBy(transfer => transfer.SourceKey).Where(transfer => !known.Contains(transfer.SourceKey)).ToList();
        var unpaired = await UnpairedAsync(unknown, cancellationToken);
        var added = 0;
        foreach (var transfer in unknown)
        {
            if (unpaired.Find(other => SameTransfer.Is(other, transfer)) is { } same)
            {
                // One booking pairs with one: a second payment that is alike stays a second payment.
                unpaired.Remove(same);
                records.Update(same with { AlsoToldAs = transfer.SourceKey, OtherReferences = same.OtherReferences ?? transfer.OtherReferences, DebtorIban = same.DebtorIban ?? transfer.DebtorIban });
                continue;
            }

            Add(transfer);
            added++;
        }

        return added;
    }

    private async Task<HashSet<string>> KnownAsync(IReadOnlyList<ToldTransfer> told, CancellationToken cancellationToken)
    {
        var keys = told.Select(transfer => transfer.SourceKey).ToList();
        var known = keys.Count == 0 ? [] : await records.ListAsync<IncomingTransfer>(
            transfer => keys.Contains(transfer.SourceKey) || (transfer.AlsoToldAs != null && keys.Contains(transfer.AlsoToldAs)), keys.Count * 2, cancellationToken);
        return known.Select(transfer => transfer.SourceKey).Concat(known.Select(transfer => transfer.AlsoToldAs).OfType<string>()).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<List<IncomingTransfer>> UnpairedAsync(List<ToldTransfer> unknown, CancellationToken cancellationToken)
    {
        if (unknown.Count == 0)
        {
            return [];
        }

        var amounts = unknown.Select(transfer => transfer.Amount.AmountMinor).Distinct().ToList();
        var from = unknown.Min(transfer => transfer.BookedOn).AddDays(-SameTransfer.MostDaysApart);
        var to = unknown.Max(transfer => transfer.BookedOn).AddDays(SameTransfer.MostDaysApart);
        return [.. await records.ListAsync<IncomingTransfer>(
            transfer => transfer.AlsoToldAs == null && transfer.BookedOn >= from && transfer.BookedOn <= to && amounts.Contains(transfer.Amount.AmountMinor), MostLookedAt, cancellationToken)];
    }

    private void Add(ToldTransfer told)
    {
        var now = time.GetUtcNow();
        var taken = new IncomingTransfer
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            SourceKey = told.SourceKey,
            Amount = told.Amount,
            BookedOn = told.BookedOn,
            CreditorIban = Iban.TryParse(told.CreditorIban) ?? told.CreditorIban,
            DebtorName = told.DebtorName,
            DebtorIban = Iban.TryParse(told.DebtorIban) ?? told.DebtorIban,
            Remittance = CardNumber.Scrub(told.Remittance),
            EndToEndId = told.EndToEndId is "NOTPROVIDED" or "" ? null : told.EndToEndId,
            OtherReferences = told.OtherReferences,
            ReceivedAt = now,
        };
        records.Add(taken);
        records.Post(Postings.TransferReceived(taken, LedgerAccount.Bank, now));
        records.Raise(TransferEvents.Of(taken, EventNames.TransferReceived, now, new { iban = taken.CreditorIban, taken.DebtorName, taken.Remittance }));
        audit.Write("transfer.received", $"transfer:{taken.Id}", new { taken.Amount.AmountMinor, taken.Amount.Currency });
    }
}
