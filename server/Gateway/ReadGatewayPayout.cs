using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Reads a payout at the gateway and books what is new. One whose id there we were never told is known by our own reference.</summary>
internal sealed class ReadGatewayPayout(IPayoutGateway gateway, PayoutExecution execution) : IEffectHandler
{
    public string Kind => EffectKinds.ReadGatewayPayout;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var gatewayPayoutId = DomainJson.Read<GatewayPayoutPayload>(effect.PayloadJson).GatewayPayoutId;
        var known = await records.ListAsync<Payout>(payout => payout.GatewayPayoutId == gatewayPayoutId, 1, cancellationToken);
        if (known is [var payout])
        {
            return GatewayOutcome.OfQuestion(await gateway.ReadPayoutAsync(gatewayPayoutId, payout.PaidToWallet is not null, cancellationToken));
        }

        // News do not say which of both it is.
        var toWallet = await gateway.ReadPayoutAsync(gatewayPayoutId, isToWallet: true, cancellationToken);
        var toAccount = toWallet.Outcome == EffectOutcomeKind.Delivered ? toWallet : await gateway.ReadPayoutAsync(gatewayPayoutId, isToWallet: false, cancellationToken);
        return GatewayOutcome.Of(toAccount.Outcome == EffectOutcomeKind.Refused ? toWallet : toAccount);
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayPayout>(outcome) is { } told)
        {
            await execution.ApplyAsync(told, cancellationToken);
        }
    }
}
