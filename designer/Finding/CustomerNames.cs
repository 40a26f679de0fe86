using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Designer.Finding;

/// <summary>Finds customers as people look for them.</summary>
internal static class CustomerNames
{
    /// <summary>Customers with the text in their number, name or e-mail address, whatever its case and accents.</summary>
    public static ValueTask<IReadOnlyList<Customer>> CustomersNamedAsync(this IMerchantRecords records, string text, int limit, CancellationToken cancellationToken)
    {
        var searched = SearchText.Of(text);
        return records.ListAsync<Customer>(customer => customer.Searched.Contains(searched), limit, cancellationToken);
    }
}
