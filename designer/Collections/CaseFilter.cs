using System.Globalization;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Http;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>Which cases are to be seen; lives in the address of the page.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, or anything else for all.</param>
/// <param name="Scenario">Only this scenario's (definition id); null for all.</param>
/// <param name="Text">Part of an invoice's number or of a customer's number, name or e-mail address; an invoice's amount; or what the case itself is called. Null for any.</param>
public sealed record CaseFilter(string? Status, string? Scenario, string? Text)
{
    private const int MostInvoices = 500;

    /// <summary>The filter of an address.</summary>
    public static CaseFilter Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new CaseFilter(query["status"], query["scenario"], query["q"]);
    }

    /// <summary>The page's address with this filter.</summary>
    public string Href
    {
        get
        {
            string?[] parts =
            [
                Status is null ? null : $"status={Uri.EscapeDataString(Status)}",
                Scenario is null ? null : $"scenario={Uri.EscapeDataString(Scenario)}",
                string.IsNullOrWhiteSpace(Text) ? null : $"q={Uri.EscapeDataString(Text)}",
            ];
            var query = string.Join('&', parts.OfType<string>());
            return query.Length == 0 ? "/cases" : $"/cases?{query}";
        }
    }

    /// <summary>The cases that fit. A case of an invoice is called by its number; of a text that very many invoices have, the newest count.</summary>
    public async Task<CaseQuery> QueryAsync(IMerchantRecords records, CancellationToken cancellationToken) => new()
    {
        Status = Enum.TryParse<CaseStatus>(Status, ignoreCase: true, out var known) ? known : null,
        DefinitionId = string.IsNullOrEmpty(Scenario) ? null : Scenario,
        References = string.IsNullOrWhiteSpace(Text) ? null : [Text.Trim(), .. (await InvoicesAsync(records, cancellationToken)).Select(invoice => invoice.Number)],
    };

    private async Task<IEnumerable<Invoice>> InvoicesAsync(IMerchantRecords records, CancellationToken cancellationToken)
    {
        var named = await new InvoiceFilter { Status = "all", Text = Text }.PageAsync(records, default, null, MostInvoices, cancellationToken);
        var currency = (await records.MerchantAsync(cancellationToken)).Currency;
        if (MoneyText.TryParse(Text, currency, CultureInfo.CurrentCulture, out var money) is not null)
        {
            return named;
        }

        var amountMinor = money.AmountMinor;
        return named.Concat(await records.PageAsync<Invoice>(invoice => invoice.Amount.AmountMinor == amountMinor && invoice.Amount.Currency == currency, null, MostInvoices, cancellationToken));
    }
}
