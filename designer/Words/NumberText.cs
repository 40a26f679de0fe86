using System.Globalization;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>Reads a number as a person of a culture writes it: <c>1 234,5</c> in French, <c>1,234.5</c> in English.</summary>
public static class NumberText
{
    private const int GroupDigits = 3;

    /// <summary>The number; false where it cannot be read. A group of other than three digits is refused: <c>1,5</c> in English is not 15.</summary>
    public static bool TryRead(string? text, CultureInfo culture, out decimal number)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var format = culture.NumberFormat;
        var plain = Spaced(text ?? "").Trim().Replace('\u2212', '-');
        var point = plain.IndexOf(format.NumberDecimalSeparator, StringComparison.Ordinal);
        var (whole, fraction) = point < 0 ? (plain, "") : (plain[..point], plain[point..].Replace(format.NumberDecimalSeparator, ".", StringComparison.Ordinal));
        var groups = whole.Split(Spaced(format.NumberGroupSeparator));
        number = 0;
        return groups.All(group => !group.Contains('.', StringComparison.Ordinal))
            && groups.Skip(1).All(group => group.Length == GroupDigits)
            && (groups.Length == 1 || groups[0].TrimStart('-').Length is > 0 and <= GroupDigits)
            && decimal.TryParse(string.Concat(groups) + fraction, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number as it is typed: without groups.</summary>
    public static string Write(decimal number, CultureInfo culture) => number.ToString("0.############", culture);

    // Cultures differ in which space they group by, and people type the plain one.
    private static string Spaced(string text) => new([.. text.Select(letter => letter is '\u00A0' or '\u202F' ? ' ' : letter)]);
}
