using CentralPay.Workflows.Payments.Figures;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Figures;

/// <summary>The days that sales wait for their money, reckoned by hand.</summary>
public sealed class DsoTests
{
    private static readonly FsCheck.Gen<(long Receivables, MonthSales[] Months)> Books =
        from receivables in Gen.Choose(0, 3_000_000)
        from sales in Gen.Choose(0, 400_000).ArrayOf(6)
        from days in Gen.Choose(28, 31).ArrayOf(6)
        select ((long)receivables, sales.Zip(days, (amount, length) => new MonthSales(amount, length)).ToArray());

    [Theory]
    [InlineData(300_000, 900_000, 90, 30.0)] // A third of a quarter's sales is owed: a third of its 90 days.
    [InlineData(100_000, 270_000, 90, 33.3)] // 100 x 90 / 270 = 33.33
    [InlineData(125_050, 450_180, 90, 25.0)] // 1,250.50 x 90 / 4,501.80 = 25.00
    [InlineData(0, 900_000, 90, 0.0)]
    [InlineData(1_000, 3_000, 10, 3.3)]
    [InlineData(1, 40, 2, 0.1)] // 0.05 rounds away from zero.
    public void Standard_is_receivables_times_days_over_sales(long receivablesMinor, long salesMinor, int days, double expected) =>
        Assert.Equal((decimal)expected, Dso.Standard(receivablesMinor, salesMinor, days));

    [Fact]
    public void Without_sales_nobody_can_say()
    {
        Assert.Null(Dso.Standard(5_000, 0));
        Assert.Null(Dso.AverageDaysDelinquent(5_000, 0));
    }

    [Fact]
    public void Average_days_delinquent_is_the_part_of_the_standard_that_is_late()
    {
        // 1,500.00 owed, 600.00 of it late, 4,500.00 sold in 90 days: 30 days, of which 12 are late; 18 if everybody paid on the day.
        Assert.Equal(30.0m, Dso.Standard(150_000, 450_000));
        Assert.Equal(12.0m, Dso.AverageDaysDelinquent(60_000, 450_000));
        Assert.Equal(18.0m, Dso.Standard(150_000 - 60_000, 450_000));
    }

    [Fact]
    public void Count_back_takes_whole_months_and_a_part_of_the_last()
    {
        // 31 March: 100,000 owed. March sold 60,000 (31 days), 40,000 are left; February sold 80,000: half of its 28 days.
        var days = Dso.CountBack(100_000, [new MonthSales(60_000, 31), new MonthSales(80_000, 28), new MonthSales(50_000, 31)]);

        Assert.Equal(new CountBackDays(45.0m, IsAtLeast: false), days);
    }

    [Fact]
    public void Count_back_of_the_current_month_knows_only_the_days_gone_by()
    {
        // 10 April: 30,000 owed, April sold 40,000 in ten days: three quarters of ten days.
        Assert.Equal(7.5m, Dso.CountBack(30_000, [new MonthSales(40_000, 10), new MonthSales(80_000, 31)]).Days);
    }

    [Fact]
    public void Count_back_walks_over_a_month_without_sales()
    {
        // 20,000 owed; nothing sold in March (31 days), 40,000 in February: 31 and half of 28.
        Assert.Equal(45.0m, Dso.CountBack(20_000, [new MonthSales(0, 31), new MonthSales(40_000, 28)]).Days);
    }

    [Fact]
    public void Count_back_says_when_the_months_were_not_enough() =>
        Assert.Equal(new CountBackDays(59.0m, IsAtLeast: true), Dso.CountBack(500_000, [new MonthSales(60_000, 31), new MonthSales(80_000, 28)]));

    [Fact]
    public void Months_end_today_and_come_without_gaps()
    {
        var sales = new SalesByDay(new Dictionary<DateOnly, long>
        {
            [new DateOnly(2026, 4, 10)] = 100,
            [new DateOnly(2026, 4, 1)] = 20,
            [new DateOnly(2026, 3, 31)] = 3,
            [new DateOnly(2026, 2, 28)] = 500,
            [new DateOnly(2026, 4, 11)] = 9_000, // Tomorrow is no sale yet.
        });

        var months = sales.MonthsUntil(new DateOnly(2026, 4, 10));

        Assert.Equal([new MonthSales(120, 10), new MonthSales(3, 31), new MonthSales(500, 28), new MonthSales(0, 31)], months.Take(4));
        Assert.Equal(Dso.CountBackMonths, months.Count);
        Assert.Equal(123, sales.Until(new DateOnly(2026, 4, 10), 11));
        Assert.Equal(new DateOnly(2024, 5, 1), SalesByDay.FirstDayFor(new DateOnly(2026, 4, 10)));
    }

    [Fact]
    public void Who_owes_more_waits_no_shorter() =>
        Properties.Hold(
            from books in Books
            from more in Gen.Choose(0, 500_000)
            select (books.Receivables, More: books.Receivables + more, books.Months),
            books => Dso.CountBack(books.Receivables, books.Months).Days <= Dso.CountBack(books.More, books.Months).Days);

    [Fact]
    public void Owing_all_that_was_sold_is_all_the_days() =>
        Properties.Hold(Books, books =>
        {
            var all = books.Months.Sum(month => month.SalesMinor);
            var last = books.Months.ToList().FindLastIndex(month => month.SalesMinor > 0);
            var counted = Dso.CountBack(all, books.Months);
            return !counted.IsAtLeast && counted.Days == books.Months.Take(last + 1).Sum(month => month.Days);
        });

    [Fact]
    public void With_even_sales_both_ways_agree() =>
        Properties.Hold(
            from perDay in Gen.Choose(1, 10_000)
            from days in Gen.Choose(0, 90)
            select (PerDay: (long)perDay, Days: days),
            even => Dso.Standard(even.PerDay * even.Days, even.PerDay * 90) == Dso.CountBack(even.PerDay * even.Days, [new MonthSales(even.PerDay * 30, 30), new MonthSales(even.PerDay * 31, 31), new MonthSales(even.PerDay * 29, 29)]).Days);

    [Fact]
    public void The_late_part_and_the_rest_make_the_standard() =>
        Properties.Hold(
            from open in Gen.Choose(0, 1_000_000)
            from late in Gen.Choose(0, 100)
            from sales in Gen.Choose(1, 1_000_000)
            select (Open: (long)open, Late: (long)open * late / 100, Sales: (long)sales),
            books => Dso.AverageDaysDelinquent(books.Late, books.Sales) <= Dso.Standard(books.Open, books.Sales)
                && Math.Abs(Dso.AverageDaysDelinquent(books.Late, books.Sales)!.Value + Dso.Standard(books.Open - books.Late, books.Sales)!.Value - Dso.Standard(books.Open, books.Sales)!.Value) <= 0.1m);
}
