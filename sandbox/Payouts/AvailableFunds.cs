using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Payouts;

/// <summary>What an account may send out: card payments and direct debits from the second weekday on (D+2), transfers at once, less refunds, returns and what went out.</summary>
public static class AvailableFunds
{
    private const int CardWeekdays = 2;

    public static async Task<long> OfAsync(SandboxDatabase database, long accountNumber, string currency, DateTimeOffset now)
    {
        var cutOff = CardCutOff(now);
        var cards = await database.Transactions
            .Where(t => t.AccountNumber == accountNumber && t.Currency == currency && t.CreationDate < cutOff
                && (t.TransactionStatus == TransactionStatus.Success || t.TransactionStatus == TransactionStatus.Captured || t.TransactionStatus == TransactionStatus.Cleared))
            .SumAsync(t => t.Amount - t.AmountRefunded);
        var debits = await database.DirectDebits
            .Where(d => d.AccountNumber == accountNumber && d.Currency == currency && d.SddTransactionStatus == DebitStatus.Cleared && d.ClearingDate < cutOff)
            .SumAsync(d => d.Amount);
        var transfers = await database.Transfers.Where(t => t.AccountNumber == accountNumber && t.Currency == currency).SumAsync(t => t.Amount);
        var gone = await database.MoneyOut.Where(o => o.AccountNumber == accountNumber && o.Currency == currency && o.Status != MoneyOutStatus.Refused).SumAsync(o => o.Amount);
        return cards + debits + transfers - gone;
    }

    /// <summary>Money by card or direct debit that came in before this instant is available.</summary>
    public static DateTimeOffset CardCutOff(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(BusinessClock.InParis(now).DateTime);
        var day = today;
        while (After(day) > today) day = day.AddDays(-1);
        return BusinessClock.NextInParis(TimeOnly.MinValue, new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));
    }

    private static DateOnly After(DateOnly day)
    {
        for (var left = CardWeekdays; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }
        return day;
    }
}
