using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Events;

/// <summary>Makes events in one shape.</summary>
internal static class Happened
{
    internal static DomainEvent To(Invoice invoice, string name, DateTimeOffset at, Money? amount, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = invoice.MerchantId,
        Name = name,
        At = at,
        CustomerId = invoice.CustomerId,
        InvoiceId = invoice.Id,
        SubjectId = invoice.Id,
        AmountMinor = amount?.AmountMinor,
        Currency = amount?.Currency,
        DataJson = DomainJson.Write(data),
    };

    internal static DomainEvent To(PaymentRequest request, string name, DateTimeOffset at, Money amount, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = request.MerchantId,
        Name = name,
        At = at,
        CustomerId = request.CustomerId,
        InvoiceId = request.InvoiceId,
        SubjectId = request.Id,
        AmountMinor = amount.AmountMinor,
        Currency = amount.Currency,
        DataJson = DomainJson.Write(data),
    };
}
