using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>Creditor references (ISO 11649): <c>RF</c>, two check digits, and up to 21 letters and digits; a wrong digit shows.</summary>
public static partial class CreditorReference
{
    private const int MinLength = 5;
    private const int MaxLength = 25;
    private const string Prefix = "RF";

    /// <summary>The reference for a body of 1 to 21 letters and digits; throws <see cref="ArgumentException"/> for another body.</summary>
    public static string Make(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var kept = body.ToUpperInvariant();
        if (kept.Length is 0 or > MaxLength - 4 || !kept.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A creditor reference has 1 to 21 letters and digits after its check digits.", nameof(body));
        }

        return Prefix + Mod97.CheckDigits(Prefix, kept) + kept;
    }

    /// <summary>Whether the text is a creditor reference with the right check digits.</summary>
    public static bool IsValid(string? text) => TryParse(text) is not null;

    /// <summary>The reference without spaces, in upper case; null when the text is none.</summary>
    public static string? TryParse(string? text)
    {
        var reference = Mod97.Normalise(text);
        return reference is { Length: >= MinLength and <= MaxLength }
            && reference.StartsWith(Prefix, StringComparison.Ordinal)
            && char.IsAsciiDigit(reference[2]) && char.IsAsciiDigit(reference[3])
            && Mod97.Of(reference) == 1
            ? reference
            : null;
    }

    /// <summary>
    /// The references in what a payer wrote: also in lower case, and with spaces between groups. Every run of groups with right
    /// check digits counts: of a hundred words after a reference one fits its digits by chance, and must not hide it.
    /// </summary>
    public static IReadOnlyList<string> FindIn(string? text)
    {
        var found = new List<string>();
        foreach (Match start in Start().Matches(text ?? ""))
        {
            found.AddRange(At(text!, start.Index).Where(reference => !found.Contains(reference)));
        }

        return found;
    }

    /// <summary>The reference in groups of four, as people read it.</summary>
    public static string Format(string reference) => Grouping.InFours(reference);

    private static IEnumerable<string> At(string text, int start)
    {
        var groups = text[start..].Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        var joined = "";
        foreach (var group in groups)
        {
            var kept = new string([.. group.TakeWhile(char.IsAsciiLetterOrDigit)]);
            joined += kept;
            if (joined.Length > MaxLength)
            {
                break;
            }

            if (TryParse(joined) is { } reference)
            {
                yield return reference;
            }

            if (kept.Length < group.Length)
            {
                break;
            }
        }
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])RF ?\d{2}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Start();
}
