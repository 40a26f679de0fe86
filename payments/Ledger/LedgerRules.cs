namespace CentralPay.Workflows.Payments.Ledger;

/// <summary>What every ledger entry must satisfy before it is appended.</summary>
public static class LedgerRules
{
    private const int MinLines = 2;

    /// <summary>
    /// Answers the entry when it may stand in the books: a key, two lines or more, none of zero, debits equal to credits in
    /// each currency. Throws <see cref="LedgerEntryRefusedException"/> otherwise.
    /// </summary>
    public static LedgerEntry Checked(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Refuse(string.IsNullOrWhiteSpace(entry.Key), entry, "it has no key");
        Refuse(entry.Lines.Count < MinLines, entry, "it has fewer than two lines");
        Refuse(entry.Lines.Any(line => line.AmountMinor == 0), entry, "a line is zero");
        foreach (var currency in entry.Lines.GroupBy(line => line.Currency, StringComparer.Ordinal))
        {
            var sum = currency.Aggregate(Int128.Zero, (running, line) => running + line.AmountMinor);
            Refuse(sum != 0, entry, $"its lines in {currency.Key} are {sum} apart");
        }

        return entry;
    }

    private static void Refuse(bool broken, LedgerEntry entry, string why)
    {
        if (broken)
        {
            throw new LedgerEntryRefusedException(entry.Key, why);
        }
    }
}

/// <summary>A ledger entry that must not stand in the books: a defect of whoever made it.</summary>
public sealed class LedgerEntryRefusedException(string key, string why) : InvalidOperationException($"The ledger entry '{key}' is refused: {why}.");
