using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>Finds words in the reader's language, English where a language lacks them, the key itself where nobody knows it.</summary>
public sealed class PhraseLocalizer : IStringLocalizer<Phrases>
{
    /// <inheritdoc />
    public LocalizedString this[string name] => Find(name) is { } words
        ? new LocalizedString(name, words)
        : new LocalizedString(name, name, resourceNotFound: true);

    /// <inheritdoc />
    public LocalizedString this[string name, params object[] arguments] => Find(name) is { } words
        ? new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, words, arguments))
        : new LocalizedString(name, name, resourceNotFound: true);

    /// <inheritdoc />
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        PhraseBook.Of(CultureInfo.CurrentUICulture).All.Select(pair => new LocalizedString(pair.Key, pair.Value));

    private static string? Find(string name) =>
        PhraseBook.Of(CultureInfo.CurrentUICulture).Find(name) ?? PhraseBook.Of(CultureInfo.InvariantCulture).Find(name);
}
