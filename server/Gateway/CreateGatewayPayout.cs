using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Orders a signed payout at the gateway, once. That the order leaves is committed before it does, so that no edit and no second
/// order can come in between; after a try whose answer was lost the gateway is asked before anything is ordered again.
/// </summary>
internal sealed class CreateGatewayPayout(IPayoutGateway gateway, PayoutExecution execution) : IEffectHandler
{
    public string Kind => EffectKinds.CreateGatewayPayout;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var order = Order(effect);
        return await execution.CheckAsync(order.PayoutId, order.ApprovalNumber, cancellationToken);
    }

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var before = await records.FindAsync<Payout>(Order(effect).PayoutId, cancellationToken)
            ?? throw new InvalidOperationException($"The payout of the effect {effect.Key} is gone.");
        var payout = await execution.StartAsync(before.Id, cancellationToken);
        await records.CommitAsync(cancellationToken);

        var mayBeThere = before.State == PayoutState.InProgress;
        if (mayBeThere)
        {
            var found = await gateway.FindPayoutAsync(payout.Id.ToString(), payout.PaidToWallet is not null, cancellationToken);
            if (!GatewayOutcome.IsNone(found))
            {
                return GatewayOutcome.OfQuestion(found);
            }
        }

        return GatewayOutcome.OfOrder(await gateway.CreatePayoutAsync(
            new NewGatewayPayout
            {
                MerchantPayoutId = payout.Id.ToString(),
                Amount = payout.Amount,
                Description = payout.Reference,
                WalletId = payout.PaidToWallet,
                Name = payout.PaidToName,
                Iban = payout.PaidToIban,
            },
            $"payout:{payout.Id:N}",
            cancellationToken), mayBeThere);
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var payoutId = Order(effect).PayoutId;
        if (GatewayOutcome.ValueOf<GatewayPayout>(outcome) is { } told)
        {
            await execution.ApplyAsync(told with { MerchantPayoutId = payoutId.ToString() }, cancellationToken);
        }
        else if (outcome.Kind == EffectOutcomeKind.Refused)
        {
            await execution.FailAsync(payoutId, isSurelyUnpaid: true, outcome.Error ?? "refused", cancellationToken);
        }
        else if (outcome.Kind is EffectOutcomeKind.GivenUp or EffectOutcomeKind.Unknown)
        {
            // An earlier try may have been taken: the funds stay held until somebody has looked at the gateway.
            await execution.FailAsync(payoutId, isSurelyUnpaid: false, outcome.Error ?? "unknown", cancellationToken);
        }
    }

    private static PayoutOrderPayload Order(Effect effect) => DomainJson.Read<PayoutOrderPayload>(effect.PayloadJson);
}
