using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Webhooks;

/// <summary>Posts a signed JSON callback to the merchant's ERP.</summary>
internal sealed class WebhookHandler(WebhookPost post, MerchantSecrets secrets) : IEffectHandler
{
    private const int Gone = 410;

    public string Kind => EffectKinds.Webhook;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        await EndpointAsync(effect, records, cancellationToken) switch
        {
            null => GuardVerdict.Drop("endpoint-removed"),
            { Enabled: false } => GuardVerdict.Drop("endpoint-disabled"),
            _ => GuardVerdict.Go,
        };

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var endpoint = await EndpointAsync(effect, records, cancellationToken)
            ?? throw new InvalidOperationException($"The endpoint of the effect {effect.Key} is gone.");
        return WebhookSignature.KeyOf(secrets.Unprotect(endpoint.SecretProtected)) is { } key
            ? await post.SendAsync(endpoint.Url, key, IdOf(effect), Payload(effect).Body, cancellationToken)
            : new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = "The endpoint's secret cannot be read: add the endpoint again." };
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (outcome.StatusCode == Gone && await EndpointAsync(effect, records, cancellationToken) is { Enabled: true } endpoint)
        {
            records.Update(endpoint with { Enabled = false });
        }
    }

    /// <summary>What receivers know the callback by: the same over all tries and repetitions.</summary>
    public static string IdOf(Effect effect) => $"msg_{CallbackIdentity.OriginalOf(effect):N}";

    private static Callback Payload(Effect effect) => DomainJson.Read<Callback>(effect.PayloadJson);

    private static ValueTask<WebhookEndpoint?> EndpointAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<WebhookEndpoint>(Payload(effect).EndpointId, cancellationToken);

    private sealed record Callback(Guid EndpointId, string EventType, string Body);
}
