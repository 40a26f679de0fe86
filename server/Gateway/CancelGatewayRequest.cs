using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Cancels a payment request at the gateway. One that ended meanwhile is read instead: its money counts.</summary>
internal sealed class CancelGatewayRequest(IPaymentGateway gateway, GatewaySync sync) : IEffectHandler
{
    private const string Active = "ACTIVE";
    private static readonly TimeSpan CreationTakes = TimeSpan.FromMinutes(1);

    public string Kind => EffectKinds.CancelGatewayRequest;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await RequestAsync(effect, records, cancellationToken) is not { } request)
        {
            return GuardVerdict.Drop("request-unknown");
        }

        if (request.GatewayRequestId is not null)
        {
            return GuardVerdict.Go;
        }

        // Not known to exist there: either its creation is still under way, or it never came to be.
        var creating = await records.ListAsync<Effect>(
            other => other.Kind == EffectKinds.CreateGatewayRequest && other.InvoiceId == request.InvoiceId && other.State == EffectState.Pending, 1, cancellationToken);
        return creating.Count > 0 ? GuardVerdict.Later(creating[0].DueAt + CreationTakes, "being-created") : GuardVerdict.Drop("never-created");
    }

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(effect, records, cancellationToken);
        if (request?.GatewayRequestId is not { } gatewayRequestId)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = "The payment request is not at the gateway." };
        }

        var cancelled = await gateway.CancelRequestAsync(gatewayRequestId, cancellationToken);
        if (cancelled.Outcome != EffectOutcomeKind.Refused)
        {
            return GatewayOutcome.Of(cancelled);
        }

        var state = await gateway.ReadRequestAsync(gatewayRequestId, cancellationToken);
        return GatewayOutcome.Of(state.Value is { RequestStatus: not Active } ? state : cancelled);
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayRequest>(outcome) is { } state)
        {
            await sync.ApplyAsync(state, cancellationToken);
        }
    }

    private static ValueTask<PaymentRequest?> RequestAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId, cancellationToken);
}
