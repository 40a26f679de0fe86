using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>The tags that texts may use: values, blocks that the product draws, and lists. Whatever is not here is not shown.</summary>
public static partial class TextTags
{
    /// <summary>The list of the invoices that a message tells of; its items have the names of <see cref="OfInvoices"/>.</summary>
    public const string Invoices = "invoices";

    private static readonly string[] Common =
    [
        "customer.name", "customer.firstName", "customer.lastName", "customer.number", "customer.email",
        "invoice.number", "invoice.description", "invoice.issueDate", "invoice.dueDate", "invoice.daysLate",
        "amount.open", "amount.total", "amount.paid", "amount.currency",
        "payment.link", "payment.reference", "payment.iban", "payment.deadline", "payment.id",
        "total.open", "total.count", "merchant.name", "merchant.email",
    ];

    private static readonly string[] OfDebits = ["debit.amount", "debit.date", "debit.mandate", "debit.account"];

    private static readonly string[] OfAlerts = ["alert.subject", "alert.text"];

    private static readonly string[] OfCallbacks =
        ["event.type", "event.at", "invoice.id", "invoice.status", "invoice.issueDay", "invoice.dueDay", "amount.openMinor", "amount.totalMinor", "amount.paidMinor"];

    /// <summary>CentralPay's names of the same things; a name that stands for nothing here is refused like any other.</summary>
    private static readonly FrozenDictionary<string, string> CentralPayNames = new Dictionary<string, string>
    {
        ["CUSTOMER_FIRSTNAME"] = "customer.firstName",
        ["CUSTOMER_LASTNAME"] = "customer.lastName",
        ["FORM_PAYMENT_REQUEST_URL"] = "payment.link",
        ["MERCHANT_NAME"] = "merchant.name",
        ["POINT_OF_SALE_NAME"] = "merchant.name",
        ["MERCHANT_PAYMENT_REQUEST_ID"] = "invoice.number",
        ["PAYMENT_REQUEST_CURRENCY"] = "amount.currency",
        ["PAYMENT_REQUEST_DESCRIPTION"] = "invoice.description",
        ["PAYMENT_REQUEST_DEADLINE"] = "payment.deadline",
        ["PAYMENT_REQUEST_LINK_EXPIRATION_DATE"] = "payment.deadline",
        ["PAYMENT_REQUEST_UUID"] = "payment.id",
        ["PAYMENT_REQUEST_BREAKDOWN_UUID"] = "payment.id",
        ["PAYMENT_REQUEST_TOTAL_AMOUNT"] = "amount.total",
        ["PAYMENT_REQUEST_TOTAL_AMOUNT_LEFT"] = "amount.open",
        ["PAYMENT_REQUEST_TOTAL_AMOUNT_PAID"] = "amount.paid",
        ["PAYMENT_REQUEST_BREAKDOWN_AMOUNT_LEFT"] = "amount.open",
        ["PAYMENT_REQUEST_BREAKDOWN_AMOUNT_PAID"] = "amount.paid",
        ["PAYMENT_REQUEST_BREAKDOWN_LIST"] = "payment.participants",
        ["PAYMENT_LINK_BUTTON"] = "payment.button",
    }.ToFrozenDictionary();

    /// <summary>What the product draws itself: the table of invoices, the button, the QR code, the account for a transfer.</summary>
    public static IReadOnlyList<string> Blocks { get; } = ["invoice.table", "payment.button", "payment.qr", "payment.transfer"];

    /// <summary>The values of one invoice inside <c>{{#each invoices}}</c>.</summary>
    public static IReadOnlyList<string> OfInvoices { get; } = ["number", "description", "dueDate", "daysLate", "open", "total", "link", "iban", "reference"];

    /// <summary>CentralPay's names, for the editor.</summary>
    public static IReadOnlyCollection<string> CentralPay => CentralPayNames.Keys;

    /// <summary>The values that a text may show.</summary>
    public static IReadOnlyList<string> ValuesFor(MessageTemplate template, TextChannel channel)
    {
        ArgumentNullException.ThrowIfNull(template);
        return [.. Common, .. template.Name.StartsWith("debit.", StringComparison.Ordinal) ? OfDebits : [], .. template.Purpose == MessagePurpose.Alert ? OfAlerts : [], .. channel == TextChannel.Json ? OfCallbacks : []];
    }

    /// <summary>What our tag of a CentralPay name is; null where there is none.</summary>
    internal static string? OfCentralPay(string name) => CentralPayNames.GetValueOrDefault(name);

    /// <summary>The source with CentralPay's names as ours, and in HTML with the blocks placed as they are; lines stay where they were.</summary>
    internal static string Translated(string source, TextTarget target)
    {
        var ours = CentralPayTag().Replace(source, tag => OfCentralPay(tag.Groups[1].Value) is { } name ? "{{" + name + "}}" : tag.Value);
        return target != TextTarget.Html ? ours
            : Blocks.Aggregate(ours, (text, block) => Regex.Replace(text, @"(?<!\{)\{\{\s*" + Regex.Escape(block) + @"\s*\}\}(?!\})", "{{{" + block + "}}}", RegexOptions.CultureInvariant));
    }

    /// <summary>A tag as CentralPay writes it.</summary>
    [GeneratedRegex("#([A-Z][A-Z0-9_]{3,})#", RegexOptions.CultureInvariant)]
    internal static partial Regex CentralPayTag();
}
