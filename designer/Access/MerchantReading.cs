using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Designer.Access;

/// <summary>Short ways to what pages read most.</summary>
internal static class MerchantReading
{
    /// <summary>The records of the scope's merchant.</summary>
    public static IMerchantRecords Records(this IServiceProvider services) => services.GetRequiredService<IMerchantRecords>();

    /// <summary>The scope's merchant itself.</summary>
    public static async Task<Merchant> GetMerchantAsync(this IServiceProvider services, Guid merchantId) =>
        await services.Records().FindAsync<Merchant>(merchantId)
        ?? throw new InvalidOperationException($"The merchant {merchantId} of the signed-in person does not exist.");
}
