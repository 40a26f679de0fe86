using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Merchants;

/// <summary>The merchant whose records these are.</summary>
public static class CurrentMerchant
{
    /// <summary>Reads it. A scope is of a merchant that is there: one that is gone is a defect.</summary>
    public static async ValueTask<Merchant> MerchantAsync(this IMerchantRecords records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) ?? throw new InvalidOperationException("The merchant of this scope is not there.");
    }
}
