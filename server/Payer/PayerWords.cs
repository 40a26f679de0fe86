using System.Globalization;
using System.Resources;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The payer page's words in one language.</summary>
internal sealed class PayerWords(CultureInfo culture)
{
    private static readonly ResourceManager Words = new(typeof(PayerWords).FullName!, typeof(PayerWords).Assembly);

    public static IReadOnlyList<string> Languages { get; } = ["en", "fr"];

    public CultureInfo Culture { get; } = culture;

    public string this[string name, params object[] values]
    {
        get
        {
            var text = Words.GetString(name, Culture) ?? name;
            return values.Length == 0 ? text : string.Format(Culture, text, values);
        }
    }

    /// <summary>The first language that we have of those asked for, in their order; English when there is none.</summary>
    public static PayerWords For(params IEnumerable<string?> languages)
    {
        var language = languages.Select(asked => asked?.Split('-')[0].ToLowerInvariant()).FirstOrDefault(asked => asked is not null && Languages.Contains(asked));
        return new PayerWords(CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB"));
    }
}
