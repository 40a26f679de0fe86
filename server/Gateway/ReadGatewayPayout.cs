using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads a payout at the gateway and books what is new. A webhook that is faster than our order's answer is looked at again later.</summary>
internal sealed class ReadGatewayPayout(IPayoutGateway gateway, PayoutExecution execution) : IEffectHandler
{
    public string Kind => EffectKinds.ReadGatewayPayout;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var gatewayPayoutId = DomainJson.Read<GatewayPayoutPayload>(effect.PayloadJson).GatewayPayoutId;
        var known = await records.ListAsync<Payout>(payout => payout.GatewayPayoutId == gatewayPayoutId, 1, cancellationToken);
        return known is [var payout]
            ? GatewayOutcome.Of(await gateway.ReadPayoutAsync(gatewayPayoutId, payout.PaidToWallet is not null, cancellationToken))
            : new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = "No payout of ours has this id yet." };
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayPayout>(outcome) is { } told)
        {
            await execution.ApplyAsync(told, cancellationToken);
        }
    }
}
