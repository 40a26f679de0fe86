using System.Text.Json;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>
/// Finds card numbers in texts, where they must never be (PCI): 13 to 19 digits with a right check digit (Luhn), in one run or
/// in the groups printed on cards. IBANs and creditor references are not taken for cards.
/// </summary>
public static partial class CardNumber
{
    private const char Mask = '•';
    private const int MinDigits = 13;
    private const int MaxDigits = 19;
    private const int VisibleDigits = 4;

    /// <summary>Whether the text holds what looks like a card number.</summary>
    public static bool IsIn(string? text) => text is not null && Find(text).Any();

    /// <summary>Whether a JSON value holds one: in a text, as a number, or in a name, however deep.</summary>
    public static bool IsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(property => IsIn(property.Name) || IsIn(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsIn),
        JsonValueKind.String => IsIn(value.GetString()),
        JsonValueKind.Number => IsIn(value.GetRawText()),
        _ => false,
    };

    /// <summary>The text with all but the last four digits of each card number masked; the text itself when there is none.</summary>
    public static string? Scrub(string? text)
    {
        if (text is null || !IsIn(text))
        {
            return text;
        }

        var letters = text.ToCharArray();
        foreach (var (start, length) in Find(text))
        {
            var digits = text.AsSpan(start, length).ToArray().Count(char.IsAsciiDigit);
            for (var index = start; digits > VisibleDigits; index++)
            {
                if (char.IsAsciiDigit(letters[index]))
                {
                    letters[index] = Mask;
                    digits--;
                }
            }
        }

        return new string(letters);
    }

    /// <summary>Whether digits carry a right check digit by the Luhn formula (ISO/IEC 7812-1).</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[digits.Length - 1 - index] - '0';
            var doubled = index % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }

    private static IEnumerable<(int Start, int Length)> Find(string text)
    {
        foreach (Match match in Candidate().Matches(text))
        {
            var digits = new string([.. match.Value.Where(char.IsAsciiDigit)]);
            var looksReal = digits.Length is >= MinDigits and <= MaxDigits && digits[0] is >= '2' and <= '6' && PassesLuhn(digits);
            if (looksReal && !IsPartOfReference(text, match))
            {
                yield return (match.Index, match.Length);
            }
        }
    }

    private static bool IsPartOfReference(string text, Match match)
    {
        var start = match.Index;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is ' ' or '\u00A0') && match.Index - start < 34)
        {
            start--;
        }

        return Reference().Matches(text[start..]).Any(reference =>
            reference.Index + start <= match.Index
            && Enumerable.Range(0, Math.Min(45, text.Length - reference.Index - start) + 1)
                .Where(length => reference.Index + start + length >= match.Index + match.Length)
                .Select(length => text.Substring(reference.Index + start, length))
                .Any(candidate => Iban.IsValid(candidate) || CreditorReference.IsValid(candidate)));
    }

    // One run of digits, or groups as cards print them: 4-4-4-4(-3), Amex 4-6-5, Diners 4-6-4.
    [GeneratedRegex(@"(?<![0-9])(?:\d{13,19}|\d{4}[ \-.\u00A0]\d{4}[ \-.\u00A0]\d{4}[ \-.\u00A0]\d{1,4}(?:[ \-.\u00A0]\d{1,3})?|\d{4}[ \-.\u00A0]\d{6}[ \-.\u00A0]\d{4,5})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
