using System.Globalization;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>
/// Reads amounts as people and spreadsheets write them: <c>1 234,56</c>, <c>1.234,56 €</c>, <c>1,234.56</c>, <c>-12.5</c>.
/// What could be read in two ways is refused, never guessed: a wrong guess is a factor of a thousand.
/// </summary>
public static class AmountReader
{
    private const int GroupDigits = 3;
    private const int MaxCharacters = 40;

    private static readonly Dictionary<string, string> Signs = new() { ["EUR"] = "€", ["GBP"] = "£", ["USD"] = "$", ["JPY"] = "¥" };

    /// <summary>Reads an amount of a currency; null when it was read, else the code of the rule it breaks.</summary>
    /// <param name="text">The text; spaces of all kinds and apostrophes may group digits by three; the currency's sign or code may stand at an end.</param>
    /// <param name="currency">ISO 4217, known.</param>
    /// <param name="decimalSeparator">Comma or point where the source tells; null to decide by the text alone.</param>
    /// <param name="money">The amount, when it can be read.</param>
    public static string? TryRead(string? text, string currency, char? decimalSeparator, out Money money)
    {
        money = Money.Zero(currency);
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxCharacters)
        {
            return RuleCodes.AmountUnreadable;
        }

        var (number, negative) = Stripped(text, currency);
        if (number.Length == 0 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1]))
        {
            return RuleCodes.AmountUnreadable;
        }

        var exponent = Currencies.ExponentOf(currency);
        var refused = Split(number, exponent, decimalSeparator, out var whole, out var fraction);
        return refused ?? Combine(whole, fraction, exponent, negative, currency, out money);
    }

    /// <summary>The violation that a code answered by <see cref="TryRead"/> stands for, with the values its text shows.</summary>
    /// <param name="field">The field that was read.</param>
    /// <param name="code">The rule it breaks.</param>
    /// <param name="currency">The currency it was read in, known.</param>
    public static RuleViolation Broken(string field, string code, string currency) => code switch
    {
        RuleCodes.AmountDecimals => RuleViolation.Of(field, code, ("decimals", Currencies.ExponentOf(currency).ToString(CultureInfo.InvariantCulture))),
        RuleCodes.AmountTooLarge => RuleViolation.Of(field, code, ("limit", AmountLimit.Of(currency))),
        _ => RuleViolation.Of(field, code),
    };

    private static (string Number, bool Negative) Stripped(string text, string currency)
    {
        var number = WithoutCurrency(new string([.. text.Select(letter => IsSpace(letter) ? ' ' : letter)]).Trim(), currency);
        var negative = number.StartsWith('-') || number.StartsWith('\u2212');
        number = negative || number.StartsWith('+') ? number[1..].TrimStart() : number;
        return (WithoutCurrency(number, currency), negative);
    }

    private static string WithoutCurrency(string number, string currency)
    {
        string[] signs = Signs.TryGetValue(currency, out var sign) ? [currency, sign] : [currency];
        foreach (var mark in signs)
        {
            number = number.EndsWith(mark, StringComparison.OrdinalIgnoreCase) ? number[..^mark.Length].TrimEnd() : number;
            number = number.StartsWith(mark, StringComparison.OrdinalIgnoreCase) ? number[mark.Length..].TrimStart() : number;
        }

        return number;
    }

    private static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is '\'' or '\u2019';

    private static string? Split(string number, int exponent, char? decimalSeparator, out string whole, out string fraction)
    {
        (whole, fraction) = (number, "");
        var at = number.AsSpan().LastIndexOfAny('.', ',');
        if (at < 0)
        {
            return Grouped(ref whole, ' ') ? null : RuleCodes.AmountUnreadable;
        }

        var separator = number[at];
        var other = separator == ',' ? '.' : ',';
        var isOnly = number.IndexOf(separator, StringComparison.Ordinal) == at;
        var decimals = number.Length - at - 1;
        if (IsDecimal(separator, other, isOnly, number, decimals, exponent, decimalSeparator) is not { } isDecimal)
        {
            return RuleCodes.AmountAmbiguous;
        }

        if (!isDecimal)
        {
            return Grouped(ref whole, separator) ? null : RuleCodes.AmountUnreadable;
        }

        (whole, fraction) = (number[..at], number[(at + 1)..]);
        var group = whole.Contains(other, StringComparison.Ordinal) ? other : ' ';
        if (!isOnly || !fraction.All(char.IsAsciiDigit) || !Grouped(ref whole, group))
        {
            return RuleCodes.AmountUnreadable;
        }

        return null;
    }

    /// <summary>Whether the last separator begins the decimals; null when it could be either.</summary>
    private static bool? IsDecimal(char separator, char other, bool isOnly, string number, int decimals, int exponent, char? decimalSeparator)
    {
        if (decimalSeparator is { } known)
        {
            return separator == known;
        }

        if (number.Contains(other, StringComparison.Ordinal) || number.Contains(' ', StringComparison.Ordinal))
        {
            return isOnly;
        }

        return (isOnly, decimals == GroupDigits, exponent) switch
        {
            (false, _, _) => false,
            (true, false, _) => true,
            (true, true, 0) => false,
            (true, true, _) => null,
        };
    }

    private static bool Grouped(ref string whole, char separator)
    {
        var groups = whole.Split(separator);
        var fits = groups.All(group => group.Length > 0 && group.All(char.IsAsciiDigit))
            && (groups.Length == 1 || (groups[0].Length <= GroupDigits && groups.Skip(1).All(group => group.Length == GroupDigits)));
        whole = string.Concat(groups);
        return fits;
    }

    private static string? Combine(string whole, string fraction, int exponent, bool negative, string currency, out Money money)
    {
        money = Money.Zero(currency);
        var kept = fraction.TrimEnd('0');
        if (kept.Length > exponent)
        {
            return RuleCodes.AmountDecimals;
        }

        if (!long.TryParse(whole + kept.PadRight(exponent, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || minor > AmountLimit.MostMinor)
        {
            return RuleCodes.AmountTooLarge;
        }

        money = new Money(negative ? -minor : minor, currency);
        return null;
    }
}
