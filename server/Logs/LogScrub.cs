using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Masks what must never stand in a log: card numbers (PCI), account numbers, e-mail addresses, telephone numbers.</summary>
internal static partial class LogScrub
{
    private const string Mask = "•••";
    private const int VisibleOfIban = 4;
    private const int LongestIban = 34;

    /// <summary>The text, masked.</summary>
    public static string Of(string text) =>
        NationalPhone().Replace(Phone().Replace(Email().Replace(WithoutIbans(CardNumber.Scrub(text)!), $"{Mask}@{Mask}"), $"+{Mask}"), $"0{Mask}");

    private static string WithoutIbans(string text)
    {
        var masked = new StringBuilder();
        var from = 0;
        foreach (var start in IbanStart().EnumerateMatches(text))
        {
            if (start.Index >= from && EndOfIban(text, start.Index) is { } end)
            {
                masked.Append(text, from, start.Index - from).Append(Mask).Append(Iban.TryParse(text[start.Index..end])![^VisibleOfIban..]);
                from = end;
            }
        }

        return from == 0 ? text : masked.Append(text, from, text.Length - from).ToString();
    }

    // Any words may follow an IBAN, in capitals too: the longest run that is one counts.
    private static int? EndOfIban(string text, int start)
    {
        var ends = new List<int>();
        for (var (at, letters) = (start, 0); at < text.Length && letters < LongestIban; at++)
        {
            if (char.IsAsciiLetterUpper(text[at]) || char.IsAsciiDigit(text[at]))
            {
                letters++;
                if (at + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[at + 1]))
                {
                    ends.Add(at + 1);
                }
            }
            else if (text[at] is not (' ' or '\u00A0'))
            {
                break;
            }
        }

        ends.Reverse();
        return ends.Where(end => Iban.TryParse(text[start..end]) is { } iban && !CreditorReference.IsValid(iban)).Select(end => (int?)end).FirstOrDefault();
    }

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex IbanStart();

    [GeneratedRegex(@"[^\s@<>""'(),;:=\[\]{}]+@[^\s@<>""'(),;:=\[\]{}]+\.[^\s@<>""'(),;:=\[\]{}.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    // E.164: a plus, and 8 to 15 digits, in groups or not. The offset of a time has a digit before its plus.
    [GeneratedRegex(@"(?<![0-9A-Za-z])\+[1-9](?:[ .\-/()\u00A0\u202F]{0,3}[0-9]){7,14}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    // As France writes it, ten digits from a zero, in pairs parted alike or not at all: no date is that.
    [GeneratedRegex(@"(?<![0-9A-Za-z-])0[1-9]([ .\-\u00A0\u202F]?)[0-9]{2}(?:\1[0-9]{2}){3}(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex NationalPhone();
}
