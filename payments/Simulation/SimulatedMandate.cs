using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>The mandate that a simulation begins with.</summary>
internal static class SimulatedMandate
{
    /// <summary>The newest mandate that could be debited at the instant; a made-up one where customers are assumed to have one; null for none.</summary>
    public static Mandate? Of(IEnumerable<Mandate> signed, Customer customer, DateTimeOffset at, PayerBehaviour? assumed)
    {
        var held = signed.Where(mandate => mandate.SignedAt <= at && (mandate.EndedAt is null || mandate.EndedAt > at)).MaxBy(mandate => mandate.SignedAt);
        return held is not null ? held with { Status = MandateStatus.Valid, EndedAt = null, EndReason = null }
            : assumed is { HasMandate: true } ? MadeUp(customer, at)
            : null;
    }

    private static Mandate MadeUp(Customer customer, DateTimeOffset at) => new()
    {
        Id = customer.Id,
        MerchantId = customer.MerchantId,
        CustomerId = customer.Id,
        Reference = "CPSIMULATED",
        Scheme = MandateScheme.Core,
        Status = MandateStatus.Valid,
        SignedAt = at,
        CreatedAt = at,
    };
}
