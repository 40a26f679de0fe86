using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>An invoice that a message tells of, and the payment request whose link it carries.</summary>
internal sealed record InvoiceTold(Invoice Invoice, PaymentRequest? Request);

/// <summary>What a message may speak of. Templates see these values by name, already in the reader's culture, and nothing else.</summary>
internal sealed record MessageFacts
{
    private const string LongDate = "d MMMM yyyy";
    private const string Day = "yyyy-MM-dd";

    public required Merchant Merchant { get; init; }

    /// <summary>Null for an alert about nobody.</summary>
    public Customer? Customer { get; init; }

    /// <summary>The invoices it tells of, the one that asked for it first.</summary>
    public required IReadOnlyList<InvoiceTold> Invoices { get; init; }

    /// <summary>The newest direct debit of the invoice; null for none.</summary>
    public DirectDebit? Debit { get; init; }

    /// <summary>The mandate it runs on.</summary>
    public Mandate? Mandate { get; init; }

    public required string PaymentPageBaseUrl { get; init; }

    /// <summary>The merchant's day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>What an alert is called, and what it says.</summary>
    public string? AlertSubject { get; init; }

    public string? AlertText { get; init; }

    public bool IsSeveral => Invoices.Count > 1;

    /// <summary>The one link of a message about one invoice; several have one each.</summary>
    public string? Link => Invoices is [{ Request: { } request }] ? LinkOf(request) : null;

    private Invoice? Invoice => Invoices.Count > 0 ? Invoices[0].Invoice : null;

    private PaymentRequest? Request => Invoices is [{ Request: { } request }] ? request : null;

    public Dictionary<string, object?> Values(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var words = MessageTexts.WordsOf(language);
        return new Dictionary<string, object?>
        {
            ["merchant"] = new Dictionary<string, object?> { ["name"] = Merchant.Name, ["email"] = Merchant.SenderEmail },
            ["customer"] = CustomerValues(),
            ["invoice"] = new Dictionary<string, object?>
            {
                ["id"] = Invoice?.Id.ToString("D"),
                ["number"] = Invoice?.Number,
                ["status"] = Invoice?.Status.ToString(),
                ["description"] = Invoice?.Description,
                ["issueDate"] = Invoice?.IssueDate.ToString(LongDate, culture),
                ["dueDate"] = Invoice?.DueDate.ToString(LongDate, culture),
                ["issueDay"] = Invoice?.IssueDate.ToString(Day, CultureInfo.InvariantCulture),
                ["dueDay"] = Invoice?.DueDate.ToString(Day, CultureInfo.InvariantCulture),
                ["daysLate"] = Invoice is { } invoice ? DaysLate(invoice, culture) : null,
            },
            ["amount"] = new Dictionary<string, object?>
            {
                ["total"] = Text(Invoice?.Amount, culture),
                ["open"] = Text(Invoice?.Open, culture),
                ["paid"] = Text(Invoice?.Amount - Invoice?.Open, culture),
                ["totalMinor"] = Invoice?.Amount.AmountMinor.ToString(CultureInfo.InvariantCulture),
                ["openMinor"] = Invoice?.Open.AmountMinor.ToString(CultureInfo.InvariantCulture),
                ["paidMinor"] = (Invoice?.Amount - Invoice?.Open)?.AmountMinor.ToString(CultureInfo.InvariantCulture),
                ["currency"] = Invoice?.Open.Currency ?? Merchant.Currency,
            },
            ["debit"] = new Dictionary<string, object?>
            {
                ["amount"] = Text(Debit?.Amount, culture),
                ["date"] = Debit?.CollectOn.ToString(LongDate, culture),
                ["mandate"] = Mandate?.Reference,
                ["account"] = Mandate?.AccountEnding,
            },
            ["payment"] = new Dictionary<string, object?>
            {
                ["id"] = Request?.Id.ToString("D"),
                ["link"] = Link,
                ["reference"] = Request is null ? null : CreditorReference.Format(Request.Reference),
                ["iban"] = Request?.VirtualIban is { } iban ? Iban.Format(iban) : null,
                ["deadline"] = Request?.Deadline is { } deadline ? Contacts.QuietHours.Of(Merchant).DayOf(deadline).ToString(LongDate, culture) : null,
                ["participants"] = Customer is null ? null : $"{Customer.Email ?? Customer.Name} : {Text(Invoice?.Open, culture)}",
            },
            [TextTags.Invoices] = Invoices.Select(told => InvoiceValues(told, culture, words)).ToArray(),
            ["isSeveral"] = IsSeveral,
            ["total"] = new Dictionary<string, object?>
            {
                ["count"] = Invoices.Count.ToString(culture),
                ["open"] = string.Join(" + ", Invoices.GroupBy(told => told.Invoice.Open.Currency)
                    .Select(same => MoneyText.Format(same.Aggregate(Money.Zero(same.Key), (sum, told) => sum + told.Invoice.Open), culture))),
            },
            ["alert"] = new Dictionary<string, object?> { ["subject"] = AlertSubject, ["text"] = AlertText },
        };
    }

    // We keep one name. Of a person its first word is the first name; a company has none.
    private Dictionary<string, object?> CustomerValues()
    {
        var parts = Customer is { IsBusiness: false, Name: var name } ? name.Split(' ', 2) : [];
        return new Dictionary<string, object?>
        {
            ["name"] = Customer?.Name,
            ["firstName"] = parts.Length == 2 ? parts[0] : "",
            ["lastName"] = parts.Length == 2 ? parts[1] : Customer?.Name,
            ["number"] = Customer?.Number,
            ["email"] = Customer?.Email,
        };
    }

    private Dictionary<string, object?> InvoiceValues(InvoiceTold told, CultureInfo culture, IReadOnlyDictionary<string, string> words) => new()
    {
        ["number"] = told.Invoice.Number,
        ["description"] = told.Invoice.Description,
        ["dueDate"] = told.Invoice.DueDate.ToString(LongDate, culture),
        ["daysLate"] = DaysLate(told.Invoice, culture),
        ["open"] = Text(told.Invoice.Open, culture),
        ["total"] = Text(told.Invoice.Amount, culture),
        ["link"] = told.Request is null ? null : LinkOf(told.Request),
        ["iban"] = told.Request?.VirtualIban is { } iban ? Iban.Format(iban) : null,
        ["reference"] = told.Request is null ? null : CreditorReference.Format(told.Request.Reference),
        ["label"] = words,
    };

    private string LinkOf(PaymentRequest request) => PaymentLinks.AddressOf(PaymentPageBaseUrl, request.LinkToken);

    private string DaysLate(Invoice invoice, CultureInfo culture) => Math.Max(0, Today.DayNumber - invoice.DueDate.DayNumber).ToString(culture);

    private static string? Text(Money? money, CultureInfo culture) => money is { } amount ? MoneyText.Format(amount, culture) : null;
}
