using System.Globalization;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Designer.Finding;

/// <summary>Finds customers as people look for them.</summary>
internal static class CustomerNames
{
    /// <summary>Customers with the text in their name or number. Databases differ in how they compare case: a name is tried as typed, and as names usually begin.</summary>
    public static ValueTask<IReadOnlyList<Customer>> CustomersNamedAsync(this IMerchantRecords records, string text, int limit, CancellationToken cancellationToken)
    {
        var titled = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text);
        var upper = text.ToUpperInvariant();
        return records.ListAsync<Customer>(
            customer => customer.Name.Contains(text) || customer.Name.Contains(titled) || customer.Name.Contains(upper) || customer.Number.Contains(upper),
            limit,
            cancellationToken);
    }
}
