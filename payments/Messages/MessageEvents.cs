using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What is told about messages.</summary>
internal static class MessageEvents
{
    internal static DomainEvent Of(Message message, string name, DateTimeOffset at, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = message.MerchantId,
        Name = name,
        At = at,
        CustomerId = message.CustomerId,
        InvoiceId = message.InvoiceId,
        SubjectId = message.Id,
        DataJson = DomainJson.Write(data),
    };
}
