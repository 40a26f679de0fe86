using System.Globalization;
using System.Linq.Expressions;
using CentralPay.Workflows.Designer.Finding;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Http;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>What of the invoices is to be seen, and in which order; lives in the address of the page, so that it can be kept and shared.</summary>
public sealed record InvoiceFilter
{
    private const int CustomersMatchedLimit = 500;

    /// <summary>The statuses to choose from.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["open", "overdue", "promised", "disputed", "paid", "all"];

    /// <summary>What to order by; with a minus before it, the greatest first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["number", "due", "amount", "open"];

    /// <summary>One of <see cref="Statuses"/>.</summary>
    public string Status { get; init; } = "open";

    /// <summary>Part of the number, or of the customer's number, name or e-mail address, in small or capital letters.</summary>
    public string? Text { get; init; }

    /// <summary>With <c>overdue</c>: at least so many days late.</summary>
    public int? FromDays { get; init; }

    /// <summary>With <c>overdue</c>: at most so many days late.</summary>
    public int? ToDays { get; init; }

    /// <summary>Only this customer's.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Due on this day or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Due on this day or before.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>One of <see cref="Sorts"/>, with or without a minus; null for the newest first.</summary>
    public string? Sort { get; init; }

    /// <summary>The filter of an address; what nobody knows is left out.</summary>
    public static InvoiceFilter Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new InvoiceFilter
        {
            Status = StatusOf(query["status"]),
            Text = query["q"],
            FromDays = int.TryParse(query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : null,
            ToDays = int.TryParse(query["to"], NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? to : null,
            CustomerId = Guid.TryParse(query["customer"], out var customer) ? customer : null,
            DueFrom = DayOf(query["dueFrom"]),
            DueTo = DayOf(query["dueTo"]),
            Sort = SortOf(query["sort"]),
        };
    }

    /// <summary>A status that is known, else the usual one.</summary>
    public static string StatusOf(string? status) => status is not null && Statuses.Contains(status) ? status : "open";

    /// <summary>An order that is known, else none.</summary>
    public static string? SortOf(string? sort) => sort is not null && Sorts.Contains(sort.TrimStart('-')) ? sort : null;

    /// <summary>A day as it stands in an address; null for none.</summary>
    public static DateOnly? DayOf(string? day) => DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) ? known : null;

    /// <summary>Whether more than the status narrows what is seen.</summary>
    public bool IsNarrowed => FromDays is not null || CustomerId is not null || DueFrom is not null || DueTo is not null;

    /// <summary>The same without what narrows it.</summary>
    public InvoiceFilter Wide => this with { FromDays = null, ToDays = null, CustomerId = null, DueFrom = null, DueTo = null };

    /// <summary>The same, ordered by a heading: first one way, then the other.</summary>
    public InvoiceFilter SortedBy(string sort) => this with { Sort = Sort == $"-{sort}" ? sort : $"-{sort}" };

    /// <summary>The order of the rows.</summary>
    public RowOrder<Invoice> Order
    {
        get
        {
            var descending = Sort?.StartsWith('-') == true;
            return Sort?.TrimStart('-') switch
            {
                "number" => RowOrder<Invoice>.By(invoice => invoice.Number, descending),
                "due" => RowOrder<Invoice>.By(invoice => invoice.DueDate, descending),
                "amount" => RowOrder<Invoice>.By(invoice => invoice.Amount.AmountMinor, descending),
                "open" => RowOrder<Invoice>.By(invoice => invoice.Open.AmountMinor, descending),
                _ => RowOrder<Invoice>.Newest,
            };
        }
    }

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
            Add("dueFrom", DueFrom?.ToString("O", CultureInfo.InvariantCulture));
            Add("dueTo", DueTo?.ToString("O", CultureInfo.InvariantCulture));
            Add("sort", Sort);
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

    /// <summary>One page; <paramref name="after"/> is the last of the page before.</summary>
    public async Task<IReadOnlyList<Invoice>> PageAsync(IMerchantRecords records, DateOnly today, Guid? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.PageAsync(await WhereAsync(records, today, cancellationToken), Order, after, limit, cancellationToken);
    }

    /// <summary>How many there are in all.</summary>
    public async Task<int> CountAsync(IMerchantRecords records, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.CountAsync(await WhereAsync(records, today, cancellationToken), cancellationToken);
    }

    /// <summary>The rows that fit; the customers that the text names are looked up first.</summary>
    public async Task<Expression<Func<Invoice, bool>>> WhereAsync(IMerchantRecords records, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var text = SearchText.Of(Text);
        var anyText = text.Length == 0;
        List<Guid> customers = anyText ? [] : [.. (await records.CustomersNamedAsync(text, CustomersMatchedLimit, cancellationToken)).Select(customer => customer.Id)];
        var anyCustomer = CustomerId is null;
        var customerId = CustomerId ?? Guid.Empty;
        var late = Status == "overdue";
        var dueTo = Earliest(DueTo ?? DateOnly.MaxValue, late ? today.AddDays(-(FromDays ?? 1)) : DateOnly.MaxValue);
        var dueFrom = Latest(DueFrom ?? DateOnly.MinValue, late && ToDays is { } to ? today.AddDays(-to) : DateOnly.MinValue);
        var owed = Status is "open" or "overdue" or "promised" or "disputed";
        var (paid, promised, disputed) = (Status == "paid", Status == "promised", Status == "disputed");
        return invoice => (anyText || invoice.Searched.Contains(text) || customers.Contains(invoice.CustomerId))
            && (anyCustomer || invoice.CustomerId == customerId)
            && (!owed || invoice.Open.AmountMinor > 0)
            && (!paid || invoice.Status == InvoiceStatus.Paid)
            && (!promised || invoice.PromisedUntil != null)
            && (!disputed || invoice.Disputed)
            && invoice.DueDate >= dueFrom && invoice.DueDate <= dueTo;
    }

    private static DateOnly Earliest(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
