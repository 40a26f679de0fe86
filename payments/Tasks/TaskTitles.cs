using System.Collections.Concurrent;
using System.Reflection;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tasks;

/// <summary>The titles of tasks that nobody named, by kind, in the merchant's language, English where there is none.</summary>
internal static class TaskTitles
{
    private const string Fallback = "en";
    private const string AnyKind = "check";

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Titles = new();

    internal static async Task<string> OfAsync(IMerchantRecords records, string kind, CancellationToken cancellationToken)
    {
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken);
        return Of(kind, merchant?.Language ?? Fallback);
    }

    /// <summary>The same, with the customer and the invoice that the task is about named in it.</summary>
    internal static async Task<string> OfAsync(IMerchantRecords records, NewTask task, CancellationToken cancellationToken)
    {
        var invoice = task.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
        var customer = task.CustomerId is { } customerId ? await records.FindAsync<Customer>(customerId, cancellationToken) : null;
        var title = await OfAsync(records, task.Kind, cancellationToken);
        return title
            .Replace("{customer}", customer?.Name ?? "?", StringComparison.Ordinal)
            .Replace("{invoice}", invoice?.Number ?? "?", StringComparison.Ordinal);
    }

    internal static string Of(string kind, string language)
    {
        var titles = InLanguage(language) ?? InLanguage(Fallback)!;
        return titles.TryGetValue(kind, out var title) ? title : titles[AnyKind];
    }

    private static IReadOnlyDictionary<string, string>? InLanguage(string language)
    {
        if (Titles.TryGetValue(language, out var known))
        {
            return known;
        }

        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(TaskTitles).Namespace}.Titles.{language}.json");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return Titles.GetOrAdd(language, DomainJson.Read<Dictionary<string, string>>(reader.ReadToEnd()));
    }
}
