using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>What is told about payouts.</summary>
internal static class PayoutEvents
{
    internal static DomainEvent Of(Payout payout, Beneficiary beneficiary, string name, DateTimeOffset at, object? more = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = payout.MerchantId,
        Name = name,
        At = at,
        SubjectId = payout.Id,
        AmountMinor = payout.Amount.AmountMinor,
        Currency = payout.Amount.Currency,
        DataJson = DomainJson.Write(more ?? new { payout.Reference, beneficiary = beneficiary.Name, payout.Operations }),
    };
}
