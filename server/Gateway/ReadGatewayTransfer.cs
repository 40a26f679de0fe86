using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads an incoming bank transfer at the gateway and takes it in, once.</summary>
internal sealed class ReadGatewayTransfer(IPaymentGateway gateway, GatewaySync sync) : IEffectHandler
{
    public string Kind => EffectKinds.ReadGatewayTransfer;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        GatewayOutcome.Of(await gateway.ReadTransferAsync(DomainJson.Read<GatewayTransferPayload>(effect.PayloadJson).GatewayTransferId, cancellationToken));

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayTransfer>(outcome) is { } transfer)
        {
            await sync.TakeInAsync(transfer, cancellationToken);
        }
    }
}
