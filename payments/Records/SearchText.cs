using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Payments.Records;

/// <summary>Text as it is searched, the same in every database: small letters, no accents, single spaces.</summary>
public static class SearchText
{
    /// <summary><c>"  Café  LUMIÈRE "</c> as <c>"cafe lumiere"</c>; empty for nothing.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsWhiteSpace(letter))
            {
                Space(folded);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Spelled(char.ToLowerInvariant(letter)));
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static void Space(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    // Letters that no decomposition takes apart, as people type them.
    private static string Spelled(char letter) => letter switch
    {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        _ => letter.ToString(),
    };
}
