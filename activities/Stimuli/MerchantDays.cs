using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Stimuli;

/// <summary>Days as the merchant counts them.</summary>
public static class MerchantDays
{
    /// <summary>The instant a day of the merchant begins.</summary>
    public static async ValueTask<DateTimeOffset> StartOfAsync(ActivityExecutionContext context, DateOnly day)
    {
        var records = context.GetRequiredService<IMerchantRecords>();
        var merchant = await records.MerchantAsync(context.CancellationToken);
        return QuietHours.Of(merchant).StartOf(day);
    }
}
