using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Reads a payment request at the gateway and books what is new: the only source of truth about card money. Transfers are told
/// on their own; where nobody told of the request, those that paid it are read too.
/// </summary>
internal sealed class ReadGatewayRequest(IPaymentGateway gateway, GatewaySync sync, TimeProvider time) : IEffectHandler
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
            if (GatewayReads.IsOfSweep(effect))
            {
                await AskForTransfersAsync(state.TransferIds, records, cancellationToken);
            }
        }
    }

    private async Task AskForTransfersAsync(IReadOnlyList<string> ids, IMerchantRecords records, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            var source = GatewaySync.SourceOfTransfer(id);
            if (await records.ListAsync<IncomingTransfer>(known => known.SourceKey == source || known.AlsoToldAs == source, 1, cancellationToken) is [])
            {
                records.Ask(GatewayReads.Transfer(records.MerchantId, id, GatewayReads.SweepKey($"transfer/{id}"), time.GetUtcNow()));
            }
        }
    }
}
