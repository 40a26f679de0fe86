using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>What is told about transfers.</summary>
internal static class TransferEvents
{
    internal static DomainEvent Of(IncomingTransfer transfer, string name, DateTimeOffset at, object data, Guid? customerId = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = transfer.MerchantId,
        Name = name,
        At = at,
        CustomerId = customerId,
        InvoiceId = transfer.InvoiceId,
        SubjectId = transfer.Id,
        AmountMinor = transfer.Amount.AmountMinor,
        Currency = transfer.Amount.Currency,
        DataJson = DomainJson.Write(data),
    };
}
