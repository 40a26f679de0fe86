using System.Globalization;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>What conditions name directly: <c>invoice</c> and <c>customer</c> of the case, and <c>today</c> in the merchant's time zone.</summary>
public sealed class CaseExpressionRoots(IMerchantRecords records, TimeProvider time) : IExpressionRoots
{
    /// <inheritdoc />
    public IReadOnlyCollection<string> Names { get; } = ["invoice", "customer", "today"];

    /// <inheritdoc />
    public async ValueTask<object?> FindAsync(string name, CaseFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return name switch
        {
            "today" => await TodayAsync(cancellationToken),
            "invoice" => await InvoiceAsync(facts, cancellationToken) is { } invoice ? Shown(invoice) : null,
            "customer" => await InvoiceAsync(facts, cancellationToken) is { } invoice
                && await records.FindAsync<Customer>(invoice.CustomerId, cancellationToken) is { } customer ? Shown(customer) : null,
            _ => null,
        };
    }

    private async ValueTask<string> TodayAsync(CancellationToken cancellationToken)
    {
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken)
            ?? throw new InvalidOperationException($"The merchant {records.MerchantId} does not exist.");
        return QuietHours.Of(merchant).DayOf(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
    }

    private async ValueTask<Invoice?> InvoiceAsync(CaseFacts facts, CancellationToken cancellationToken) =>
        CaseSubjects.InvoiceIdOf(facts.CorrelationId) is { } id ? await records.FindAsync<Invoice>(id, cancellationToken) : null;

    private static Dictionary<string, object?> Shown(Invoice invoice) => new()
    {
        ["number"] = invoice.Number,
        ["amount"] = invoice.Amount,
        ["open"] = invoice.Open,
        ["status"] = invoice.Status.ToString(),
        ["issueDate"] = invoice.IssueDate,
        ["dueDate"] = invoice.DueDate,
        ["disputed"] = invoice.Disputed,
        ["description"] = invoice.Description,
        ["kind"] = invoice.Kind ?? "",
    };

    private static Dictionary<string, object?> Shown(Customer customer) => new()
    {
        ["number"] = customer.Number,
        ["name"] = customer.Name,
        ["segment"] = customer.IsBusiness ? "B2B" : "B2C",
        ["language"] = customer.Language,
        ["country"] = customer.Country,
        ["hasEmail"] = customer.Email is not null,
    };
}
