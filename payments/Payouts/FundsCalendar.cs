using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>
/// When money that came in may be paid out: bank transfers at once, card payments two TARGET days later (CentralPay: D+2);
/// direct debits, of which nothing is said, as cards. Pure.
/// </summary>
public static class FundsCalendar
{
    private const int CardBusinessDays = 2;

    // Longer than any run of closing days with two business days on top.
    private const int MaxSearchDays = 31;

    /// <summary>From when a payment's money may be paid out.</summary>
    /// <param name="method">How it was paid.</param>
    /// <param name="receivedAt">When it came in (business time).</param>
    /// <param name="merchant">Whose days count.</param>
    public static DateTimeOffset AvailableAt(PaymentMethod method, DateTimeOffset receivedAt, Merchant merchant)
    {
        var days = QuietHours.Of(merchant);
        return method == PaymentMethod.Transfer ? receivedAt : days.StartOf(BusinessCalendars.Target.Add(days.DayOf(receivedAt), CardBusinessDays));
    }

    /// <summary>The instant before which card money must have come in to be available now.</summary>
    public static DateTimeOffset CardCutOff(DateTimeOffset now, Merchant merchant)
    {
        var days = QuietHours.Of(merchant);
        var today = days.DayOf(now);
        var last = Enumerable.Range(0, MaxSearchDays).Select(back => today.AddDays(-back)).First(day => BusinessCalendars.Target.Add(day, CardBusinessDays) <= today);
        return days.StartOf(last.AddDays(1));
    }
}
