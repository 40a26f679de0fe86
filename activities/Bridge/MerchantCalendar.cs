using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>The days of the merchant: its time zone, and the business days of France, as <c>addBusinessDays</c> counts them.</summary>
internal sealed class MerchantCalendar(IMerchantRecords records) : ITenantCalendar
{
    public async ValueTask<TenantCalendar> GetAsync(CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        return new TenantCalendar(TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone), BusinessCalendars.France.IsBusinessDay);
    }
}
