using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a message may speak of. Templates see these values by name, already in the reader's culture, and nothing else.</summary>
internal sealed record MessageFacts
{
    private const string LongDate = "d MMMM yyyy";

    public required Merchant Merchant { get; init; }

    public required Customer Customer { get; init; }

    public Invoice? Invoice { get; init; }

    public PaymentRequest? Request { get; init; }

    /// <summary>The newest direct debit of the invoice; null for none.</summary>
    public DirectDebit? Debit { get; init; }

    /// <summary>The mandate it runs on.</summary>
    public Mandate? Mandate { get; init; }

    public required string PaymentPageBaseUrl { get; init; }

    public string? Link => Request is null ? null : PaymentLinks.AddressOf(PaymentPageBaseUrl, Request.LinkToken);

    public Dictionary<string, object?> Values(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return new Dictionary<string, object?>
        {
            ["merchant"] = new Dictionary<string, object?> { ["name"] = Merchant.Name, ["email"] = Merchant.SenderEmail },
            ["customer"] = new Dictionary<string, object?> { ["name"] = Customer.Name, ["number"] = Customer.Number },
            ["invoice"] = new Dictionary<string, object?>
            {
                ["number"] = Invoice?.Number,
                ["description"] = Invoice?.Description,
                ["issueDate"] = Invoice?.IssueDate.ToString(LongDate, culture),
                ["dueDate"] = Invoice?.DueDate.ToString(LongDate, culture),
            },
            ["amount"] = new Dictionary<string, object?>
            {
                ["total"] = Text(Invoice?.Amount, culture),
                ["open"] = Text(Invoice?.Open, culture),
                ["paid"] = Text(Invoice?.Amount - Invoice?.Open, culture),
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
                ["link"] = Link,
                ["reference"] = Request is null ? null : CreditorReference.Format(Request.Reference),
                ["iban"] = Request?.VirtualIban is { } iban ? Iban.Format(iban) : null,
            },
        };
    }

    private static string? Text(Money? money, CultureInfo culture) => money is { } amount ? MoneyText.Format(amount, culture) : null;
}
