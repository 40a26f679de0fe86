using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Whose row an engine's change writes.</summary>
internal static class Owner
{
    public static Guid? Of(EngineChange change) => change switch
    {
        CaseChanged changed => changed.Case.TenantId,
        BookmarkCreated created => created.Bookmark.TenantId,
        WorkEnqueued enqueued => enqueued.Item.TenantId,
        JournalWritten written => written.Entry.TenantId,
        IncidentRaised raised => raised.Incident.TenantId,
        ScenarioVersionSaved saved => saved.Version.TenantId,
        _ => null,
    };
}

/// <summary>The first rule of the books: debits equal credits, in each currency.</summary>
internal static class BalancedEntry
{
    public static void Require(LedgerEntry entry)
    {
        if (entry.Lines.Count < 2 || entry.Lines.Any(line => line.AmountMinor == 0))
        {
            throw new ArgumentException($"The ledger entry {entry.Key} needs two lines or more, none of them zero.", nameof(entry));
        }

        foreach (var currency in entry.Lines.GroupBy(line => line.Currency, StringComparer.Ordinal))
        {
            if (currency.Aggregate(0L, (sum, line) => checked(sum + line.AmountMinor)) != 0)
            {
                throw new ArgumentException($"The ledger entry {entry.Key} does not balance in {currency.Key}.", nameof(entry));
            }
        }
    }
}
