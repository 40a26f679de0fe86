using System.Globalization;
using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>The one place that writes amounts, dates and counts for a reader: in the reader's culture, on the merchant's clock.</summary>
public sealed class Display(MerchantSession session, TimeProvider clock, IStringLocalizer<Phrases> words)
{
    // The reader's, for as long as the circuit lives: changing the language reloads the page.
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;

    /// <summary>Raised when somebody moved business time, so that what shows it follows.</summary>
    public event Action? Moved;

    /// <summary>Tells the circuit that business time was moved.</summary>
    public void TellMoved() => Moved?.Invoke();

    /// <summary>Now, in business time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Today, where the merchant is.</summary>
    public DateOnly Today => DayOf(Now);

    /// <summary><c>1 234,56 €</c> or <c>€1,234.56</c>.</summary>
    public string Money(Money money) => MoneyText.Format(money, culture);

    /// <inheritdoc cref="Money(Payments.Amounts.Money)" />
    public string Money(long amountMinor, string currency) => Money(new Money(amountMinor, currency));

    /// <summary>An amount without its cents, for axes and small places.</summary>
    public string Round(long amountMinor, string currency)
    {
        var units = Currencies.UnitsOf(currency);
        var whole = Money(amountMinor / units * units, currency);
        return units == 1 ? whole : whole.Replace(culture.NumberFormat.NumberDecimalSeparator + new string('0', Currencies.ExponentOf(currency)), "", StringComparison.Ordinal);
    }

    /// <summary>Reads an amount as the reader writes it; answers the rule it breaks, or null.</summary>
    public RuleViolation? ReadMoney(string? text, string currency, out Money money) =>
        MoneyText.TryParse(text, currency, culture, out money) is { } code ? AmountReader.Broken("amount", code, currency) : null;

    /// <summary>A count with its thousands apart.</summary>
    public string Count(long count) => count.ToString("N0", culture);

    /// <summary>A number with one decimal.</summary>
    public string Decimal(decimal number) => number.ToString("N1", culture);

    /// <summary>A share of one as a percentage.</summary>
    public string Percent(double share) => share.ToString(share is 0 or 1 ? "P0" : "P1", culture);

    /// <summary><c>12 Mar 2026</c>.</summary>
    public string Date(DateOnly day) => day.ToString("d MMM yyyy", culture);

    /// <summary><c>Thursday 12 March</c>, with the year when it is another one.</summary>
    public string LongDate(DateOnly day) =>
        day.ToString(day.Year == Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", culture);

    /// <summary><c>March 2026</c>.</summary>
    public string Month(DateOnly day) => day.ToString("MMMM yyyy", culture);

    /// <summary><c>12 Mar 2026, 14:05</c>.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = Local(instant);
        return $"{Date(DateOnly.FromDateTime(local.DateTime))}, {Time(instant)}";
    }

    /// <summary><c>14:05</c>.</summary>
    public string Time(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Relative when near ("5 min ago", "yesterday, 14:05"), the date when not.</summary>
    public string Near(DateTimeOffset instant)
    {
        var away = Now - instant;
        var days = Today.DayNumber - DayOf(instant).DayNumber;
        return away switch
        {
            _ when away < TimeSpan.Zero => days switch
            {
                0 => words["when.todayAt", Time(instant)],
                -1 => words["when.tomorrowAt", Time(instant)],
                _ => Instant(instant),
            },
            _ when away < TimeSpan.FromMinutes(1) => words["when.now"],
            _ when away < TimeSpan.FromHours(1) => words["when.minutesAgo", (int)away.TotalMinutes],
            _ when days == 0 => words["when.todayAt", Time(instant)],
            _ when days == 1 => words["when.yesterdayAt", Time(instant)],
            _ => Instant(instant),
        };
    }

    /// <summary>A due date seen from today: "due in 3 days", "12 days late".</summary>
    public string Due(DateOnly day) => (day.DayNumber - Today.DayNumber) switch
    {
        0 => words["when.dueToday"],
        1 => words["when.dueTomorrow"],
        > 1 and var ahead => words.Count("when.dueIn", ahead),
        var late => words.Count("when.late", -late),
    };

    /// <summary>The merchant's day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>An instant on the merchant's clock.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, session.TimeZone);
}
