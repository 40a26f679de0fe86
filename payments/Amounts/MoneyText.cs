using System.Collections.Concurrent;
using System.Globalization;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>The one place that puts amounts into text: by the reader's culture for people, with a point and no grouping for machines.</summary>
public static class MoneyText
{
    private const char NoBreakSpace = '\u00A0';
    private const int PrefixWithSpace = 2;
    private const int NegativePrefixWithSpace = 12;
    private const int NegativeBeforeSign = 1;

    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["USD"] = "$",
        ["JPY"] = "¥",
    };

    private static readonly ConcurrentDictionary<(string Culture, string Currency), NumberFormatInfo> Formats = new();

    /// <summary>The amount for people: <c>1 234,56 €</c> in French (with no-break spaces), <c>€1,234.56</c> in English, decimals by the currency.</summary>
    public static string Format(Money money, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return InUnits(money).ToString("C", FormatOf(money.Currency, culture)).Replace(' ', NoBreakSpace);
    }

    /// <summary>The amount for people, without its currency: <c>1 234,56</c>.</summary>
    public static string FormatNumber(Money money, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return InUnits(money).ToString("N", FormatOf(money.Currency, culture));
    }

    /// <summary>The amount for machines: <c>1234.56</c>, always with the currency's decimals.</summary>
    public static string Plain(Money money) =>
        InUnits(money).ToString("F" + Currencies.ExponentOf(money.Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Reads what a person of the culture typed; see <see cref="AmountReader"/> for what is accepted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="currency">The currency it is in, ISO 4217.</param>
    /// <param name="culture">Whose decimal separator holds.</param>
    /// <param name="money">The amount, when it can be read.</param>
    /// <returns>Null when it was read; else the code of the rule it breaks.</returns>
    public static string? TryParse(string? text, string currency, CultureInfo culture, out Money money)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return AmountReader.TryRead(text, currency, culture.NumberFormat.NumberDecimalSeparator[0], out money);
    }

    private static decimal InUnits(Money money) => new decimal(money.AmountMinor) / Currencies.UnitsOf(money.Currency);

    private static NumberFormatInfo FormatOf(string currency, CultureInfo culture) =>
        Formats.GetOrAdd((culture.Name, currency), static (key, culture) => Build(key.Currency, culture), culture);

    private static NumberFormatInfo Build(string currency, CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        var exponent = Currencies.ExponentOf(currency);
        format.CurrencyDecimalDigits = exponent;
        format.NumberDecimalDigits = exponent;

        // Cultures differ in which space they group by, and not every font has the narrow one.
        format.CurrencyGroupSeparator = Spaced(format.CurrencyGroupSeparator);
        format.NumberGroupSeparator = Spaced(format.NumberGroupSeparator);
        format.CurrencyDecimalSeparator = format.NumberDecimalSeparator;
        format.NegativeSign = "-";
        format.CurrencySymbol = Symbols.GetValueOrDefault(currency, currency);

        var symbolFirst = format.CurrencyPositivePattern is 0 or PrefixWithSpace;
        if (symbolFirst)
        {
            // A code of letters needs a space before the number; a sign does not.
            var isCode = format.CurrencySymbol.Length > 1;
            format.CurrencyPositivePattern = isCode ? PrefixWithSpace : format.CurrencyPositivePattern;
            format.CurrencyNegativePattern = isCode ? NegativePrefixWithSpace : NegativeBeforeSign;
        }

        return NumberFormatInfo.ReadOnly(format);
    }

    private static string Spaced(string separator) => separator is "\u202F" or " " ? NoBreakSpace.ToString() : separator;
}
