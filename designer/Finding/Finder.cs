using System.Globalization;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Shell;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Finding;

/// <summary>Something that was found, and where it is.</summary>
/// <param name="Kind"><c>page</c>, <c>customer</c>, <c>invoice</c> or <c>scenario</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">What tells it from others of the same name; null for nothing.</param>
/// <param name="Href">Its page.</param>
/// <param name="Icon">The Material Symbol of its kind.</param>
public sealed record Found(string Kind, string Title, string? Detail, string Href, string Icon);

/// <summary>Finds anything by a few letters: pages, scenarios, customers, invoices. Scoped to a merchant.</summary>
public sealed class Finder(IMerchantRecords records, ScenarioDesk scenarios, Display show, IStringLocalizer<Phrases> say)
{
    private const int MostOfAKind = 6;

    /// <summary>What fits the text, pages first; all pages for no text.</summary>
    public async Task<IReadOnlyList<Found>> FindAsync(string? text, CancellationToken cancellationToken = default)
    {
        var wanted = text?.Trim() ?? "";
        var pages = Place.Main
            .Select(place => new Found("page", say[$"nav.{place.Key}"], null, place.Href, place.Icon))
            .Where(place => Fits(place.Title, wanted));
        return wanted.Length == 0
            ? [.. pages]
            : [.. pages, .. await ScenariosAsync(wanted, cancellationToken), .. await CustomersAsync(wanted, cancellationToken), .. await InvoicesAsync(wanted, cancellationToken)];
    }

    private async Task<IEnumerable<Found>> ScenariosAsync(string wanted, CancellationToken cancellationToken) =>
        (await scenarios.ListAsync(cancellationToken))
        .Where(scenario => Fits(scenario.Name, wanted))
        .Take(MostOfAKind)
        .Select(scenario => new Found("scenario", scenario.Name, null, $"/scenarios/{scenario.DefinitionId}", "account_tree"));

    private async Task<IEnumerable<Found>> CustomersAsync(string wanted, CancellationToken cancellationToken) =>
        (await records.CustomersNamedAsync(wanted, MostOfAKind, cancellationToken))
        .Select(customer => new Found("customer", customer.Name, customer.Number, $"/customers/{customer.Id}", "person"));

    private async Task<IEnumerable<Found>> InvoicesAsync(string wanted, CancellationToken cancellationToken)
    {
        var searched = SearchText.Of(wanted);
        var invoices = await records.PageAsync<Invoice>(invoice => invoice.Searched.Contains(searched), null, MostOfAKind, cancellationToken);
        var customers = await records.CustomersAsync(invoices.Select(invoice => (Guid?)invoice.CustomerId), cancellationToken);
        return invoices.Select(invoice => new Found(
            "invoice",
            invoice.Number,
            $"{show.Money(invoice.Amount)} · {customers.GetValueOrDefault(invoice.CustomerId)?.Name}",
            $"/collections/{invoice.Id}",
            "receipt_long"));
    }

    // Without accents and case: who looks for "Parametres" means the page "Paramètres".
    private static bool Fits(string name, string wanted) =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(name, wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
