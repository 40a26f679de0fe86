using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>The activities' texts in other languages, from <c>Words/*.json</c>; English stands in the attributes themselves.</summary>
public sealed class ActivityWords : IActivityWords
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByLanguage =
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("words/", StringComparison.Ordinal))
            .ToDictionary(name => Path.GetFileNameWithoutExtension(name), Read);

    /// <summary>The languages there are texts for, besides English.</summary>
    public static IEnumerable<string> Languages => ByLanguage.Keys;

    /// <inheritdoc />
    public string? Find(string key, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return ByLanguage.TryGetValue(culture.TwoLetterISOLanguageName, out var words) && words.TryGetValue(key, out var text) ? text : null;
    }

    private static IReadOnlyDictionary<string, string> Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
