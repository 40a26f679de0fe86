using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>A plugin's texts in other languages: what it embeds as <c>Words/fr.json</c>, with the keys of <see cref="IActivityWords"/>.</summary>
internal sealed partial class PluginTexts : IActivityWords
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> byLanguage = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The texts of a library; a file that cannot be read is left out and told.</summary>
    public static PluginTexts Of(Assembly plugin, ICollection<PluginProblem> problems)
    {
        var texts = new PluginTexts();
        foreach (var resource in plugin.GetManifestResourceNames())
        {
            if (File().Match(resource) is not { Success: true } file)
            {
                continue;
            }

            try
            {
                using var stream = plugin.GetManifestResourceStream(resource)!;
                texts.byLanguage[file.Groups["language"].Value] = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
            }
            catch (JsonException failure)
            {
                problems.Add(new PluginProblem(PluginProblemKind.WordsUnreadable, resource, failure.Message));
            }
        }

        return texts;
    }

    public string? Find(string key, CultureInfo culture) => byLanguage.GetValueOrDefault(culture.TwoLetterISOLanguageName)?.GetValueOrDefault(key);

    [GeneratedRegex(@"(?:^|[./])words[./](?<language>[a-z]{2})\.json$", RegexOptions.IgnoreCase)]
    private static partial Regex File();
}
