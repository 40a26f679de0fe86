using System.Globalization;
using CentralPay.Workflows.Payments.Messages;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>Words that depend on a number, or on a code that may be new.</summary>
public static class PhraseExtensions
{
    /// <summary>"1 invoice", "12 invoices": the key with <c>.one</c> or <c>.other</c>, as the language counts (French counts zero as one).</summary>
    public static string Count(this IStringLocalizer<Phrases> words, string key, long count)
    {
        ArgumentNullException.ThrowIfNull(words);
        var french = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
        var one = french ? Math.Abs(count) < 2 : Math.Abs(count) == 1;
        return words[$"{key}.{(one ? "one" : "other")}", count.ToString("N0", CultureInfo.CurrentCulture)];
    }

    /// <summary>The words of a code under a prefix; where the code has none, the fallback. A merchant's own template is called as they call it.</summary>
    public static string Code(this IStringLocalizer<Phrases> words, string prefix, string code, string? fallback = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (prefix == "template" && OwnTemplates.WordsOf(code) is { } called)
        {
            return called;
        }

        var found = words[$"{prefix}.{code}"];
        return found.ResourceNotFound ? fallback ?? code : found.Value;
    }

    /// <summary>What a value of a type is to people (<see cref="PhraseBook.ValueKind"/>), in the reader's language.</summary>
    public static string ValueKind(this IStringLocalizer<Phrases> words, string type)
    {
        ArgumentNullException.ThrowIfNull(words);
        return PhraseBook.Of(CultureInfo.CurrentUICulture).ValueKind(type);
    }
}
