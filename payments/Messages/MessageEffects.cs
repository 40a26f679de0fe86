using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Makes the effects that send messages.</summary>
internal static class MessageEffects
{
    /// <summary>The effect that sends the message, under the message's own key. Neither e-mail nor SMS can be repeated or asked about.</summary>
    internal static Effect Of(Message message, Guid? caseId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = message.MerchantId,
        Key = message.Key,
        Kind = message.Channel == MessageChannel.Sms ? EffectKinds.Sms : EffectKinds.Email,
        Lane = message.Channel == MessageChannel.Sms ? EffectLanes.Sms(message.MerchantId) : EffectLanes.Email(message.MerchantId),
        Repeat = EffectRepeat.Neither,
        PayloadJson = DomainJson.Write(new EmailPayload(message.Id)),
        DueAt = message.DueAt,
        AskedAt = now,
        CustomerId = message.CustomerId,
        InvoiceId = message.InvoiceId,
        CaseId = caseId,
    };
}
