using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>Finds which of a payer's open items add up to a transfer: bounded, so that no list of debts can make it search for ever. Pure.</summary>
internal static class ItemSums
{
    /// <summary>Items that are looked at: the oldest debts.</summary>
    internal const int MaxItems = 24;

    /// <summary>Sets that are answered: two are a tie already.</summary>
    internal const int MaxFound = 3;

    private const int MaxInSet = 5;
    private const int MaxSteps = 100_000;

    /// <summary>Sets of two or more items whose open amounts make the amount exactly, whatever order the items come in; empty when the search would be too long.</summary>
    internal static IReadOnlyList<IReadOnlyList<Invoice>> Of(Money amount, IEnumerable<Invoice> items)
    {
        var usable = items.Where(item => item.Open.Currency == amount.Currency && item.Open.IsPositive && item.Open < amount)
            .OrderBy(item => item.DueDate).ThenBy(item => item.Number, StringComparer.Ordinal).Take(MaxItems)
            .OrderByDescending(item => item.Open.AmountMinor).ThenBy(item => item.Number, StringComparer.Ordinal).ToArray();
        var search = new Search(usable);
        search.From(0, amount.AmountMinor);
        return search.Steps > MaxSteps ? [] : search.Found;
    }

    private sealed class Search(Invoice[] items)
    {
        private readonly List<Invoice> chosen = [];

        internal List<IReadOnlyList<Invoice>> Found { get; } = [];

        internal int Steps { get; private set; }

        internal void From(int first, long missing)
        {
            if (missing == 0)
            {
                Found.Add([.. chosen]);
                return;
            }

            for (var index = first; index < items.Length && chosen.Count < MaxInSet && Found.Count < MaxFound && ++Steps <= MaxSteps; index++)
            {
                if (items[index].Open.AmountMinor <= missing)
                {
                    chosen.Add(items[index]);
                    From(index + 1, missing - items[index].Open.AmountMinor);
                    chosen.RemoveAt(chosen.Count - 1);
                }
            }
        }
    }
}
