using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>The gateway and the debtor's bank, worked by the handlers that the outbox uses.</summary>
internal sealed class DebitWorld(TimeProvider clock)
{
    private readonly SimulatedDebits gateway = new(clock);

    public void Sign(Guid mandateId) => gateway.Sign(mandateId.ToString());

    public void Say(Guid mandateId, params string?[] reasonCodes) => gateway.Say(mandateId.ToString(), reasonCodes);

    public void Return(Guid debitId, string reasonCode) => gateway.Return(debitId.ToString(), reasonCode);

    public async Task<GatewayMandate> ReadAsync(Mandate mandate) => (await gateway.FindMandateAsync(mandate.Id.ToString(), default)).Value!;

    public async Task<GatewayDebit> ReadAsync(DirectDebit debit) => (await gateway.FindDebitAsync(debit.Id.ToString(), default)).Value!;

    public IEffectHandler? HandlerOf(string kind, IServiceProvider scope) => kind switch
    {
        EffectKinds.CreateGatewayMandate or EffectKinds.CancelGatewayMandate or EffectKinds.ReadGatewayMandate =>
            new MandateEffect(kind, gateway, _ => scope.GetRequiredService<MandateSync>()),
        EffectKinds.CreateGatewayDebit or EffectKinds.CancelGatewayDebit or EffectKinds.ReadGatewayDebit =>
            new DebitEffect(kind, gateway, clock, _ => scope.GetRequiredService<DebitSync>()),
        _ => null,
    };

    public static async Task<EffectState> RunAsync(IEffectHandler handler, Effect effect, IMerchantRecords records)
    {
        var verdict = await handler.CheckAsync(effect, records, default);
        var outcome = verdict.Kind == GuardKind.Go
            ? await handler.DeliverAsync(effect, records, default)
            : new EffectOutcome { Kind = EffectOutcomeKind.Dropped, Error = verdict.Reason };
        await handler.ApplyAsync(effect, outcome, records, default);
        return outcome.Kind switch
        {
            EffectOutcomeKind.Delivered => EffectState.Delivered,
            EffectOutcomeKind.Dropped => EffectState.Cancelled,
            _ => EffectState.Refused,
        };
    }
}
