using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>All words of one language, read once from the JSON files beside this one.</summary>
public sealed class PhraseBook
{
    private static readonly FrozenDictionary<string, PhraseBook> byLanguage =
        Phrases.Languages.ToFrozenDictionary(language => language, Read, StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, string> phrases;

    private PhraseBook(FrozenDictionary<string, string> phrases) => this.phrases = phrases;

    /// <summary>The words by key.</summary>
    public IReadOnlyDictionary<string, string> All => phrases;

    /// <summary>The words of a culture's language; English where we do not speak it.</summary>
    public static PhraseBook Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return byLanguage.GetValueOrDefault(culture.TwoLetterISOLanguageName) ?? byLanguage[Phrases.Languages[0]];
    }

    /// <summary>The words under a key; null where there are none.</summary>
    public string? Find(string key) => phrases.GetValueOrDefault(key);

    /// <summary>What a value of a type is to people ("a whole number"); the type itself where nobody worded it.</summary>
    /// <param name="type">The type's alias (<c>Int32</c>, <c>String[]</c>), or its full name.</param>
    public string ValueKind(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.EndsWith("[]", StringComparison.Ordinal) && Find("valueKind.listOf") is { } list
            ? string.Format(CultureInfo.InvariantCulture, list, ValueKind(type[..^2]))
            : Find($"valueKind.{type[(type.LastIndexOf('.') + 1)..]}") ?? type;
    }

    private static PhraseBook Read(string language)
    {
        var assembly = typeof(PhraseBook).Assembly;
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("Words/", StringComparison.Ordinal) || !name.EndsWith($".{language}.json", StringComparison.Ordinal))
            {
                continue;
            }

            using var stream = assembly.GetManifestResourceStream(name)!;
            var file = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)
                ?? throw new InvalidDataException($"The words of {name} are empty.");
            foreach (var (key, words) in file)
            {
                if (!read.TryAdd(key, words))
                {
                    throw new InvalidDataException($"The key '{key}' stands twice in the words of '{language}'; the second time in {name}.");
                }
            }
        }

        return new PhraseBook(read.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
