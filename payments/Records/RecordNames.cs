using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;

namespace CentralPay.Workflows.Payments.Records;

/// <summary>The customers and invoices that a page of rows refers to, read in one query for all of them.</summary>
public static class RecordNames
{
    /// <summary>The invoices by their identity; ids of none are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Invoice>> NamesAsync(this IMerchantRecords records, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<Guid, Invoice>()
            : (await records.ListAsync<Invoice>(invoice => wanted.Contains(invoice.Id), wanted.Count, cancellationToken)).ToDictionary(invoice => invoice.Id);
    }

    /// <summary>The customers by their identity; ids of none are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Customer>> CustomersAsync(this IMerchantRecords records, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<Guid, Customer>()
            : (await records.ListAsync<Customer>(customer => wanted.Contains(customer.Id), wanted.Count, cancellationToken)).ToDictionary(customer => customer.Id);
    }
}
