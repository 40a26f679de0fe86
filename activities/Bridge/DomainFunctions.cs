using System.Globalization;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Calendars;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>
/// What conditions can say about money and days. Dates are ISO texts (<c>"2026-11-22"</c>), which also order as texts;
/// amounts compare and add exactly, and only within one currency.
/// </summary>
internal static class DomainFunctions
{
    private static readonly CelType Day = CelType.OneOf(CelType.String, CelType.Timestamp);

    /// <summary>Amounts of money.</summary>
    public static CelType<Money> Money { get; } = new("money")
    {
        Order = static (left, right) => left.Currency == right.Currency ? left.AmountMinor.CompareTo(right.AmountMinor) : null,
        Arithmetic = static (sign, left, right) => sign == '+' ? left + right : left - right,
        Signs = "+-",
        Text = MoneyText.Plain,
    };

    /// <summary>Adds <c>money</c>, <c>daysBetween</c>, <c>addBusinessDays</c> and <c>endOfMonth</c> to what conditions know.</summary>
    public static void Register(IFunctionRegistry functions)
    {
        functions.RegisterType(Money);
        functions.Register("money", new(Money, CelType.String), static arguments => Money.Of(ReadMoney(Text(arguments[0]))));
        functions.Register("daysBetween", new(CelType.Int, Day, Day), static arguments =>
            CelValue.Of((long)(Date(arguments[1]).DayNumber - Date(arguments[0]).DayNumber)));
        functions.Register("addBusinessDays", new(CelType.String, Day, CelType.Int), static arguments =>
            CelValue.Of(BusinessCalendars.France.Add(Date(arguments[0]), checked((int)arguments[1].Int)).ToString("O", CultureInfo.InvariantCulture)));
        functions.Register("endOfMonth", new(CelType.String, Day), static arguments => CelValue.Of(LastOfMonth(Date(arguments[0])).ToString("O", CultureInfo.InvariantCulture)));
    }

    private static Money ReadMoney(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && Currencies.IsKnown(parts[1]) && AmountReader.TryRead(parts[0], parts[1], '.', out var money) is null)
        {
            return money;
        }

        throw new FormatException($"'{text}' is no amount; write it like money(\"500.00 EUR\").");
    }

    private static string Text(CelValue value) =>
        value.Kind == CelKind.String ? value.Text : throw new ArgumentException($"A text is needed, not a {value.TypeName}.");

    private static DateOnly LastOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static DateOnly Date(CelValue value) =>
        value.Kind == CelKind.Timestamp ? DateOnly.FromDateTime(value.Timestamp.UtcDateTime) : ReadDay(Text(value));

    /// <summary>A date such as 2026-11-22. Conditions ask for days more than for anything else, so the digits are read where they stand.</summary>
    private static DateOnly ReadDay(string text)
    {
        if (text is [_, _, _, _, '-', _, _, '-', _, _])
        {
            var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
            if (year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
                return new DateOnly(year, month, day);
        }

        throw new FormatException($"'{text}' is no date; write it like \"2026-11-22\".");
    }

    /// <summary>The number of some digits; below zero where one of them is none.</summary>
    private static int Number(string text, int start, int length)
    {
        var number = 0;
        for (var at = start; at < start + length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                return -1;
            number = (number * 10) + (text[at] - '0');
        }

        return number;
    }
}
