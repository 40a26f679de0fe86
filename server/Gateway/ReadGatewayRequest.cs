using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads a payment request at the gateway and books what is new: the only source of truth about card money.</summary>
internal sealed class ReadGatewayRequest(IPaymentGateway gateway, GatewaySync sync) : IEffectHandler
{
    public string Kind => EffectKinds.ReadGatewayRequest;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        GatewayOutcome.Of(await gateway.ReadRequestAsync(DomainJson.Read<GatewayRequestPayload>(effect.PayloadJson).GatewayRequestId, cancellationToken));

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayRequest>(outcome) is { } state)
        {
            await sync.ApplyAsync(state, cancellationToken);
        }
    }
}
