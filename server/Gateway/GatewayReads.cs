using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Questions to the gateway that nobody in particular asked: after a webhook, or in a sweep.</summary>
internal static class GatewayReads
{
    private const string OfSweep = "sweep/";

    /// <summary>The key of a question that no webhook brought.</summary>
    public static string SweepKey(string question) => OfSweep + question;

    /// <summary>Whether no webhook brought the question: what belongs to its answer may not have been told either.</summary>
    public static bool IsOfSweep(Effect question) => question.Key.StartsWith(OfSweep, StringComparison.Ordinal);

    public static Effect Request(Guid merchantId, string gatewayRequestId, string key, DateTimeOffset now, PaymentRequest? about = null) =>
        Of(merchantId, EffectKinds.ReadGatewayRequest, DomainJson.Write(new GatewayRequestPayload(gatewayRequestId)), key, now) with
        {
            CustomerId = about?.CustomerId,
            InvoiceId = about?.InvoiceId,
        };

    public static Effect Transfer(Guid merchantId, string gatewayTransferId, string key, DateTimeOffset now) =>
        Of(merchantId, EffectKinds.ReadGatewayTransfer, DomainJson.Write(new GatewayTransferPayload(gatewayTransferId)), key, now);

    public static Effect Payout(Guid merchantId, string gatewayPayoutId, string key, DateTimeOffset now) =>
        Of(merchantId, EffectKinds.ReadGatewayPayout, DomainJson.Write(new GatewayPayoutPayload(gatewayPayoutId)), key, now);

    public static Effect Mandate(Guid merchantId, string gatewayMandateId, string key, DateTimeOffset now) =>
        Of(merchantId, EffectKinds.ReadGatewayMandate, DomainJson.Write(new MandatePayload(null, gatewayMandateId)), key, now);

    public static Effect Debit(Guid merchantId, string gatewayDebitId, string key, DateTimeOffset now) =>
        Of(merchantId, EffectKinds.ReadGatewayDebit, DomainJson.Write(new DebitPayload(null, gatewayDebitId)), key, now);

    private static Effect Of(Guid merchantId, string kind, string payload, string key, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchantId,
        Key = key,
        Kind = kind,
        Lane = EffectLanes.Gateway(merchantId),
        Repeat = EffectRepeat.Idempotent,
        PayloadJson = payload,
        DueAt = now,
        AskedAt = now,
    };
}
