using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Http;

namespace CentralPay.Workflows.Designer.Customers;

/// <summary>Which customers are to be seen, and in which order; lives in the address of the page.</summary>
/// <param name="Owing">Which, by what they owe.</param>
/// <param name="Order">In which order.</param>
/// <param name="Text">Part of the number, name or e-mail address; null for any.</param>
internal sealed record CustomerFilter(CustomersOwing Owing, CustomersOrder Order, string? Text)
{
    /// <summary>The filter of an address; what nobody knows is left out.</summary>
    public static CustomerFilter Of(IQueryCollection query) => Of(query["owing"], query["sort"], query["q"]);

    /// <inheritdoc cref="Of(IQueryCollection)" />
    public static CustomerFilter Of(string? owing, string? sort, string? text) => new(Known(owing, CustomersOwing.All), Known(sort, CustomersOrder.Overdue), text);

    /// <summary>What the database is asked.</summary>
    public CustomersWanted Wanted => new(Text, Owing, Order);

    /// <summary>The page's address with this filter.</summary>
    public string Href
    {
        get
        {
            string?[] parts =
            [
                Owing == CustomersOwing.All ? null : $"owing={Owing.ToString().ToLowerInvariant()}",
                Order == CustomersOrder.Overdue ? null : $"sort={Order.ToString().ToLowerInvariant()}",
                string.IsNullOrWhiteSpace(Text) ? null : $"q={Uri.EscapeDataString(Text)}",
            ];
            var query = string.Join('&', parts.OfType<string>());
            return query.Length == 0 ? "/customers" : $"/customers?{query}";
        }
    }

    /// <summary>The same customers as a file, by name.</summary>
    public ListExport Export(ListExports lists, DateOnly today, ICustomerFigures figures)
    {
        var searched = SearchText.Of(Text);
        return lists.Customers(customer => searched == "" || customer.Searched.Contains(searched), Owing, today, figures);
    }

    private static T Known<T>(string? text, T usual) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : usual;
}
