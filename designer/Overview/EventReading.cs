using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
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

    public static async Task<IReadOnlyDictionary<Guid, Invoice>> NamesAsync(this IMerchantRecords records, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<Guid, Invoice>()
            : (await records.ListAsync<Invoice>(invoice => wanted.Contains(invoice.Id), wanted.Count, cancellationToken)).ToDictionary(invoice => invoice.Id);
    }

    public static async Task<IReadOnlyDictionary<Guid, Customer>> CustomersAsync(this IMerchantRecords records, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<Guid, Customer>()
            : (await records.ListAsync<Customer>(customer => wanted.Contains(customer.Id), wanted.Count, cancellationToken)).ToDictionary(customer => customer.Id);
    }
}
