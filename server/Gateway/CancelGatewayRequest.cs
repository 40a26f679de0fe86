using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Cancels a payment request at the gateway. One that ended meanwhile is read instead: its money counts. One whose creation nobody
/// answered is looked for first.
/// </summary>
internal sealed class CancelGatewayRequest(IPaymentGateway gateway, GatewaySync sync) : IEffectHandler
{
    private const string Active = "ACTIVE";

    public string Kind => EffectKinds.CancelGatewayRequest;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        return await RequestAsync(effect, records, cancellationToken) switch
        {
            null => GuardVerdict.Drop("request-unknown"),
            { GatewayRequestId: not null } => GuardVerdict.Go,
            { } request => CreationInDoubt.Verdict(effect, await CreationAsync(request, records, cancellationToken)),
        };
    }

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(effect, records, cancellationToken);
        if (request is null)
        {
            throw new InvalidOperationException($"The payment request of the effect {effect.Key} is gone.");
        }

        if (request.GatewayRequestId is { } known)
        {
            return await CancelAsync(known, cancellationToken);
        }

        var found = await gateway.FindRequestAsync(request.Id.ToString(), cancellationToken);
        return found.Value is { } there ? await CancelAsync(there.Id, cancellationToken) : GatewayOutcome.OfQuestion(found);
    }

    private async Task<EffectOutcome> CancelAsync(string gatewayRequestId, CancellationToken cancellationToken)
    {
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

    private static async ValueTask<Effect?> CreationAsync(PaymentRequest request, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var ofInvoice = await records.ListAsync<Effect>(other => other.Kind == EffectKinds.CreateGatewayRequest && other.InvoiceId == request.InvoiceId, cancellationToken: cancellationToken);
        return ofInvoice.FirstOrDefault(other => DomainJson.Read<RequestPayload>(other.PayloadJson).RequestId == request.Id);
    }

    private static ValueTask<PaymentRequest?> RequestAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId, cancellationToken);
}
