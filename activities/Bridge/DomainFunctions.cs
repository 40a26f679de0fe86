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

    /// <summary>Adds <c>money</c>, <c>daysBetween</c> and <c>addBusinessDays</c> to what conditions know.</summary>
    public static void Register(IFunctionRegistry functions)
    {
        functions.RegisterType(Money);
        functions.Register("money", new(Money, CelType.String), static arguments => Money.Of(ReadMoney(Text(arguments[0]))));
        functions.Register("daysBetween", new(CelType.Int, Day, Day), static arguments =>
            CelValue.Of((long)(Date(arguments[1]).DayNumber - Date(arguments[0]).DayNumber)));
        functions.Register("addBusinessDays", new(CelType.String, Day, CelType.Int), static arguments =>
            CelValue.Of(BusinessCalendars.France.Add(Date(arguments[0]), checked((int)arguments[1].Int)).ToString("O", CultureInfo.InvariantCulture)));
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

    private static DateOnly Date(CelValue value) =>
        value.Kind == CelKind.Timestamp
            ? DateOnly.FromDateTime(value.Timestamp.UtcDateTime)
            : DateOnly.ParseExact(Text(value), "O", CultureInfo.InvariantCulture);
}
