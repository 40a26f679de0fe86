using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>
/// What was written down in English when it happened, why a step failed or why nothing could be delivered: found again by its form, the English phrase of
/// <c>Words/written.en.json</c>, and said in the reader's language. What a gateway, another program or a person said stays as it was said.
/// </summary>
public static class WrittenWords
{
    private const string Prefix = "written.";

    // The phrase with the most words of its own is the one that was meant.
    private static readonly IReadOnlyList<(string Key, Regex Form)> forms =
    [
        .. PhraseBook.Of(CultureInfo.InvariantCulture).All.Where(phrase => phrase.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderByDescending(phrase => phrase.Value.Length).ThenBy(phrase => phrase.Key, StringComparer.Ordinal)
            .Select(phrase => (phrase.Key, FormOf(phrase.Value))),
    ];

    /// <summary>A sentence of ours in the reader's language; null where it is none.</summary>
    public static string? Written(this IStringLocalizer<Phrases> say, string sentence)
    {
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(sentence);
        return forms.Select(form => (form.Key, Found: form.Form.Match(sentence))).FirstOrDefault(each => each.Found.Success) is { Key: { } key, Found: var found }
            ? say[key, [.. found.Groups.Values.Skip(1).Select(group => (object)group.Value)]].Value
            : null;
    }

    /// <summary>A sentence of ours in the reader's language; any other between quotation marks, as somebody else's words.</summary>
    public static string Told(this IStringLocalizer<Phrases> say, string sentence) => say.Written(sentence) ?? say["told.byOthers", sentence].Value;

    private static Regex FormOf(string phrase) =>
        new($"^{Regex.Replace(Regex.Escape(phrase), @"\\\{\d}", "(.+?)")}$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
