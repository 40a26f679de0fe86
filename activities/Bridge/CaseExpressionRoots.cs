using System.Globalization;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>What conditions name directly: <c>invoice</c> and <c>customer</c> of the case, and <c>today</c> in the merchant's time zone.</summary>
public sealed class CaseExpressionRoots(IMerchantRecords records, TimeProvider time) : IExpressionRoots
{
    private static readonly CelRecord<Invoice> InvoiceMembers = new(
        "invoice",
        ("number", CelType.String, invoice => CelValue.Of(invoice.Number)),
        ("amount", DomainFunctions.Money, invoice => DomainFunctions.Money.Of(invoice.Amount)),
        ("open", DomainFunctions.Money, invoice => DomainFunctions.Money.Of(invoice.Open)),
        ("status", CelType.String, invoice => CelValue.Of(invoice.Status.ToString())),
        ("issueDate", CelType.String, invoice => Day(invoice.IssueDate)),
        ("dueDate", CelType.String, invoice => Day(invoice.DueDate)),
        ("disputed", CelType.Bool, invoice => CelValue.Of(invoice.Disputed)),
        ("description", CelType.String, invoice => CelValue.Of(invoice.Description)),
        ("kind", CelType.String, invoice => CelValue.Of(invoice.Kind ?? "")));

    private static readonly CelRecord<Customer> CustomerMembers = new(
        "customer",
        ("number", CelType.String, customer => CelValue.Of(customer.Number)),
        ("name", CelType.String, customer => CelValue.Of(customer.Name)),
        ("segment", CelType.String, customer => CelValue.Of(customer.IsBusiness ? "B2B" : "B2C")),
        ("language", CelType.String, customer => CelValue.Of(customer.Language)),
        ("country", CelType.String, customer => CelValue.Of(customer.Country)),
        ("hasEmail", CelType.Bool, customer => CelValue.Of(customer.Email is not null)));

    /// <inheritdoc />
    public IReadOnlyDictionary<string, CelType> Types { get; } = new Dictionary<string, CelType>
    {
        ["invoice"] = InvoiceMembers.Type,
        ["customer"] = CustomerMembers.Type,
        ["today"] = CelType.String,
    };

    /// <inheritdoc />
    public async ValueTask<object?> FindAsync(string name, CaseFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return name switch
        {
            "today" => await TodayAsync(cancellationToken),
            "invoice" => await InvoiceAsync(facts, cancellationToken) is { } invoice ? InvoiceMembers.Of(invoice) : null,
            "customer" => await InvoiceAsync(facts, cancellationToken) is { } invoice
                && await records.FindAsync<Customer>(invoice.CustomerId, cancellationToken) is { } customer ? CustomerMembers.Of(customer) : null,
            _ => null,
        };
    }

    private async ValueTask<string> TodayAsync(CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        return QuietHours.Of(merchant).DayOf(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
    }

    private async ValueTask<Invoice?> InvoiceAsync(CaseFacts facts, CancellationToken cancellationToken) =>
        CaseSubjects.InvoiceIdOf(facts.CorrelationId) is { } id ? await records.FindAsync<Invoice>(id, cancellationToken) : null;

    private static CelValue Day(DateOnly day) => CelValue.Of(day.ToString("O", CultureInfo.InvariantCulture));
}
