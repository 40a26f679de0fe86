using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Overview;

/// <summary>Puts events into words, with the names of their customers and invoices read in two queries for all of them.</summary>
internal static class EventReading
{
    public static async Task<IReadOnlyList<EventSentence>> SentencesAsync(
        this IMerchantRecords records, IReadOnlyList<DomainEvent> events, IStringLocalizer<Phrases> say, Display show, CancellationToken cancellationToken)
    {
        var invoices = await records.NamesAsync(events.Select(one => one.InvoiceId), cancellationToken);
        var customers = await records.CustomersAsync(events.Select(one => one.CustomerId ?? (one.InvoiceId is { } id ? invoices.GetValueOrDefault(id)?.CustomerId : null)), cancellationToken);
        return
        [
            .. events.Select(one =>
            {
                var invoice = one.InvoiceId is { } invoiceId ? invoices.GetValueOrDefault(invoiceId) : null;
                var customer = (one.CustomerId ?? invoice?.CustomerId) is { } customerId ? customers.GetValueOrDefault(customerId) : null;
                return EventSentence.Of(one, customer?.Name, invoice?.Number, say, show);
            }),
        ];
    }
}
