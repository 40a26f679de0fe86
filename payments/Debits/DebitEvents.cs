using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>What is told about mandates and direct debits, and what is asked of the gateway about them: each in one shape.</summary>
internal static class DebitEvents
{
    internal static DomainEvent Of(Mandate mandate, string name, DateTimeOffset at, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = mandate.MerchantId,
        Name = name,
        At = at,
        CustomerId = mandate.CustomerId,
        InvoiceId = mandate.InvoiceId,
        SubjectId = mandate.Id,
        DataJson = DomainJson.Write(data),
    };

    internal static DomainEvent Of(DirectDebit debit, string name, DateTimeOffset at, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = debit.MerchantId,
        Name = name,
        At = at,
        CustomerId = debit.CustomerId,
        InvoiceId = debit.InvoiceId,
        SubjectId = debit.Id,
        AmountMinor = debit.Amount.AmountMinor,
        Currency = debit.Amount.Currency,
        DataJson = DomainJson.Write(data),
    };

    internal static Effect Effect(Mandate mandate, string kind, string key, EffectRepeat repeat, DateTimeOffset now, Guid? caseId = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = mandate.MerchantId,
        Key = key,
        Kind = kind,
        Lane = EffectLanes.Gateway(mandate.MerchantId),
        Repeat = repeat,
        PayloadJson = DomainJson.Write(new MandatePayload(mandate.Id)),
        DueAt = now,
        AskedAt = now,
        CustomerId = mandate.CustomerId,
        InvoiceId = mandate.InvoiceId,
        CaseId = caseId,
    };

    internal static Effect Effect(DirectDebit debit, string kind, string key, EffectRepeat repeat, DateTimeOffset now, DateTimeOffset dueAt, Guid? caseId = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = debit.MerchantId,
        Key = key,
        Kind = kind,
        Lane = EffectLanes.Gateway(debit.MerchantId),
        Repeat = repeat,
        PayloadJson = DomainJson.Write(new DebitPayload(debit.Id)),
        DueAt = dueAt,
        AskedAt = now,
        CustomerId = debit.CustomerId,
        InvoiceId = debit.InvoiceId,
        CaseId = caseId,
    };
}
