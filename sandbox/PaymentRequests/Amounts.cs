using System.Collections.Frozen;
using System.Globalization;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>Amounts in cents, and the currencies the sandbox takes (all with two decimals).</summary>
public static class Amounts
{
    public const long LargestCents = 99_999_999_99;
    public const string Rule = "a whole number of cents from 1 to 9999999999 is required";

    public static readonly FrozenSet<string> Currencies = FrozenSet.ToFrozenSet(
        ["EUR", "GBP", "CHF", "USD", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "MAD"]);

    /// <summary>The amount as a person reads it: 1 234,56 € in French, €1,234.56 in English.</summary>
    public static string Show(long cents, string currency, CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = currency switch { "EUR" => "€", "GBP" => "£", "USD" => "$", _ => currency };
        format.CurrencyDecimalDigits = 2;
        if (format.CurrencySymbol == currency && format.CurrencyPositivePattern == 0) format.CurrencyPositivePattern = 2;
        return (cents / 100m).ToString("C", format);
    }
}
