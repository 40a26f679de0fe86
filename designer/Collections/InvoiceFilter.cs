using System.Globalization;
using System.Linq.Expressions;
using CentralPay.Workflows.Designer.Finding;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>What of the invoices is to be seen; lives in the address of the page, so that it can be kept and shared.</summary>
/// <param name="Status"><c>open</c>, <c>overdue</c>, <c>paid</c>, <c>disputed</c>, <c>promised</c>, or <c>all</c>.</param>
/// <param name="Text">Part of the number or of the customer's name.</param>
/// <param name="FromDays">With <c>overdue</c>: at least so many days late.</param>
/// <param name="ToDays">With <c>overdue</c>: at most so many days late.</param>
/// <param name="CustomerId">Only this customer's.</param>
public sealed record InvoiceFilter(string Status, string? Text, int? FromDays, int? ToDays, Guid? CustomerId)
{
    private const int CustomersMatchedLimit = 500;

    /// <summary>The statuses to choose from.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["open", "overdue", "promised", "disputed", "paid", "all"];

    /// <summary>The page's address with this filter.</summary>
    public string Href
    {
        get
        {
            var parts = new List<string>();
            Add("status", Status == "open" ? null : Status);
            Add("q", Text);
            Add("from", FromDays?.ToString(CultureInfo.InvariantCulture));
            Add("to", ToDays?.ToString(CultureInfo.InvariantCulture));
            Add("customer", CustomerId?.ToString());
            return parts.Count == 0 ? "/collections" : "/collections?" + string.Join('&', parts);

            void Add(string name, string? value)
            {
                if (!string.IsNullOrWhiteSpace(value))
                {
                    parts.Add($"{name}={Uri.EscapeDataString(value)}");
                }
            }
        }
    }

    /// <summary>One page, newest first; <paramref name="before"/> is the last of the page before.</summary>
    public async Task<IReadOnlyList<Invoice>> PageAsync(IMerchantRecords records, DateOnly today, Guid? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.PageAsync(await WhereAsync(records, today, cancellationToken), before, limit, cancellationToken);
    }

    /// <summary>How many there are in all.</summary>
    public async Task<int> CountAsync(IMerchantRecords records, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.CountAsync(await WhereAsync(records, today, cancellationToken), cancellationToken);
    }

    private async Task<Expression<Func<Invoice, bool>>> WhereAsync(IMerchantRecords records, DateOnly today, CancellationToken cancellationToken)
    {
        var text = Text?.Trim() ?? "";
        List<Guid> customers = text.Length == 0
            ? []
            : [.. (await records.CustomersNamedAsync(text, CustomersMatchedLimit, cancellationToken)).Select(customer => customer.Id)];
        var number = text.ToUpperInvariant();
        var anyText = text.Length == 0;
        var anyCustomer = CustomerId is null;
        var customerId = CustomerId ?? Guid.Empty;
        var lateBy = today.AddDays(-(FromDays ?? 1));
        var lateUpTo = ToDays is { } to ? today.AddDays(-to) : DateOnly.MinValue;
        return Status switch
        {
            "paid" => invoice => invoice.Status == InvoiceStatus.Paid
                && (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
            "disputed" => invoice => invoice.Disputed && invoice.Open.AmountMinor > 0
                && (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
            "promised" => invoice => invoice.PromisedUntil != null && invoice.Open.AmountMinor > 0
                && (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
            "overdue" => invoice => invoice.Open.AmountMinor > 0 && invoice.DueDate <= lateBy && invoice.DueDate >= lateUpTo
                && (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
            "open" => invoice => invoice.Open.AmountMinor > 0
                && (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
            _ => invoice => (anyText || invoice.Number.Contains(number) || customers.Contains(invoice.CustomerId)) && (anyCustomer || invoice.CustomerId == customerId),
        };
    }
}
