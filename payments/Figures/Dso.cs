namespace CentralPay.Workflows.Payments.Figures;

/// <summary>
/// How long sales wait for their money (days sales outstanding). Pure: amounts in minor units of one currency, answers in days with
/// one decimal, halves away from zero.
/// </summary>
public static class Dso
{
    /// <summary>The days of sales that the standard figure looks at.</summary>
    public const int PeriodDays = 90;

    /// <summary>The months of sales that the count-back looks at: the current one and those before it.</summary>
    public const int CountBackMonths = 24;

    private const int Decimals = 1;

    /// <summary>The standard figure: receivables x days / credit sales of those days. Null where nothing was sold.</summary>
    /// <param name="receivablesMinor">What is owed, 0 or more.</param>
    /// <param name="salesMinor">What was sold on credit in the period, 0 or more.</param>
    /// <param name="days">The days of the period, 1 or more.</param>
    public static decimal? Standard(long receivablesMinor, long salesMinor, int days = PeriodDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(receivablesMinor);
        ArgumentOutOfRangeException.ThrowIfNegative(salesMinor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return salesMinor == 0 ? null : Rounded((decimal)receivablesMinor * days / salesMinor);
    }

    /// <summary>
    /// Average days delinquent: what is overdue x days / credit sales, which is the standard figure less what it would be if
    /// everybody paid on the due date. Null where nothing was sold.
    /// </summary>
    public static decimal? AverageDaysDelinquent(long overdueMinor, long salesMinor, int days = PeriodDays) => Standard(overdueMinor, salesMinor, days);

    /// <summary>
    /// Count-back: the receivables are taken to be the newest sales. Each month that they exceed counts with its days, and the
    /// month they end in with the part of its days that the remainder is of its sales. The current month has the days gone by.
    /// </summary>
    /// <param name="receivablesMinor">What is owed, 0 or more.</param>
    /// <param name="months">The months, the current one first, without gaps.</param>
    public static CountBackDays CountBack(long receivablesMinor, IReadOnlyList<MonthSales> months)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(receivablesMinor);
        ArgumentNullException.ThrowIfNull(months);
        var (left, days) = (receivablesMinor, 0m);
        foreach (var month in months)
        {
            if (left == 0)
            {
                break;
            }

            if (left < month.SalesMinor)
            {
                return new CountBackDays(Rounded(days + ((decimal)left * month.Days / month.SalesMinor)), IsAtLeast: false);
            }

            left -= month.SalesMinor;
            days += month.Days;
        }

        return new CountBackDays(Rounded(days), IsAtLeast: left > 0);
    }

    private static decimal Rounded(decimal days) => decimal.Round(days, Decimals, MidpointRounding.AwayFromZero);
}

/// <summary>What was sold on credit in a month.</summary>
/// <param name="SalesMinor">The invoiced amounts, 0 or more.</param>
/// <param name="Days">The days of the month; of the current one, those gone by with today.</param>
public sealed record MonthSales(long SalesMinor, int Days);

/// <summary>The days that a count-back found.</summary>
/// <param name="Days">Days with one decimal.</param>
/// <param name="IsAtLeast">Whether more is owed than was sold in all the months looked at: then it is that long or longer.</param>
public sealed record CountBackDays(decimal Days, bool IsAtLeast);

/// <summary>How long sales wait for their money, as it stands.</summary>
public sealed record DsoFigures
{
    /// <summary>Receivables x <see cref="PeriodDays"/> / credit sales; null where nothing was sold in the period.</summary>
    public required decimal? StandardDays { get; init; }

    /// <summary>By counting back the months' sales.</summary>
    public required decimal CountBackDays { get; init; }

    /// <summary>Whether the count-back ran out of months: it is that long or longer.</summary>
    public required bool CountBackIsAtLeast { get; init; }

    /// <summary>Of the standard days, those past the due date; null where nothing was sold in the period.</summary>
    public required decimal? AverageDaysDelinquent { get; init; }

    /// <summary>Invoiced in the period, in minor units.</summary>
    public required long SalesMinor { get; init; }

    /// <summary>The days of the period.</summary>
    public required int PeriodDays { get; init; }
}
