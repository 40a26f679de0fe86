using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Events;

/// <summary>Whose story: a customer's or an invoice's, whole or of one kind.</summary>
/// <param name="CustomerId">The customer; null for an invoice's story.</param>
/// <param name="InvoiceId">The invoice; null for a customer's story.</param>
/// <param name="Kind">Only what is about this; null for everything.</param>
public sealed record TimelineOf(Guid? CustomerId, Guid? InvoiceId, TimelineKind? Kind = null);

/// <summary>
/// The one story of a customer or an invoice: invoices, messages, payments, promises, disputes, tasks and transfers, newest first,
/// page by page. What we asked a machine and it answered is left out. Scoped to a merchant.
/// </summary>
public sealed class Timeline(IMerchantRecords records)
{
    /// <summary>A page of the story, newest first.</summary>
    /// <param name="of">Whose story.</param>
    /// <param name="before">The oldest event that was shown already; null for the beginning.</param>
    /// <param name="limit">At most so many events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TimelinePage> PageAsync(TimelineOf of, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(of);
        var found = await records.PageAsync(Where(of), before, limit + 1, cancellationToken);
        var page = found.Take(limit).ToList();

        // Identities order by the millisecond they were made in; within it, and in a jump of business time, the instants tell.
        return new TimelinePage(
            [.. page.OrderByDescending(one => one.At).ThenByDescending(one => TimelineKinds.PlaceOf(one.Name))],
            found.Count > limit ? page[^1].Id : null);
    }

    private static Expression<Func<DomainEvent, bool>> Where(TimelineOf of)
    {
        var (customerId, invoiceId) = (of.CustomerId, of.InvoiceId);
        var kind = of.Kind is { } wanted ? TimelineKinds.Of(wanted).ToList() : [];
        var any = of.Kind is null;
        return customerId is null
            ? one => one.InvoiceId == invoiceId && one.Name != EventNames.EffectAnswered && (any || kind.Contains(one.Name))
            : one => one.CustomerId == customerId && one.Name != EventNames.EffectAnswered && (any || kind.Contains(one.Name));
    }
}

/// <summary>A page of a story.</summary>
/// <param name="Events">What happened, newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record TimelinePage(IReadOnlyList<DomainEvent> Events, Guid? Next);
