using System.Collections.Concurrent;
using System.Reflection;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tasks;

/// <summary>The titles of tasks that the domain itself creates, in the merchant's language, English where there is none.</summary>
internal static class TaskTitles
{
    private const string Fallback = "en";

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Titles = new();

    internal static async Task<string> OfAsync(IMerchantRecords records, string kind, CancellationToken cancellationToken)
    {
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken);
        return Of(kind, merchant?.Language ?? Fallback);
    }

    internal static string Of(string kind, string language) => (InLanguage(language) ?? InLanguage(Fallback)!)[kind];

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
