using System.Reflection;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>A mandate that may have been created by a process that ended before it could say so.</summary>
public sealed class MandateEffectTests
{
    [Fact]
    public async Task A_mandate_that_a_process_created_and_did_not_live_to_tell_is_found_and_not_created_again()
    {
        var house = new DebitHouse();
        var mandate = await house.AskAsync(await house.Books.CustomerAsync());
        var debits = new SimulatedDebits(house.Books.Clock);
        var there = debits.AddSigned(mandate.Id.ToString());
        var gateway = DispatchProxy.Create<IDebitGateway, Counted>();
        ((Counted)gateway).Over = debits;
        var effect = Assert.Single(house.Books.Effects(EffectKinds.CreateGatewayMandate)) with { LeftOpen = true };

        var outcome = await house.Books.DoAsync<IMerchantRecords, EffectOutcome>(records =>
            new MandateEffect(EffectKinds.CreateGatewayMandate, gateway, _ => null!).DeliverAsync(effect, records, CancellationToken.None));

        Assert.Equal((there, "ACTIVE"), (GatewayOutcome.ValueOf<GatewayMandate>(outcome)!.Id, GatewayOutcome.ValueOf<GatewayMandate>(outcome)!.Status));
        Assert.DoesNotContain(nameof(IDebitGateway.CreateMandateAsync), ((Counted)gateway).Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mandate_withdrawn_while_its_creation_is_uncertain_is_cancelled_at_the_gateway(bool isToldFirst)
    {
        var house = new DebitHouse();
        var gateway = new SimulatedDebits(house.Books.Clock);
        var effects = new SimulatedEffects(new SimulatedGateway(house.Books.Clock), house.Books.Clock, gateway);
        var mandate = await house.AskAsync(await house.Books.CustomerAsync());
        var create = Assert.Single(house.Books.Effects(EffectKinds.CreateGatewayMandate));

        // It got there; its answer was lost.
        gateway.AddSigned(mandate.Id.ToString());
        await house.Books.DoAsync<IMerchantRecords>(records =>
        {
            records.Settle(new EffectSettlement { EffectId = create.Id, LeaseToken = create.LeaseToken, State = EffectState.Pending, NextDueAt = house.Books.Now, At = house.Books.Now });
            return Task.CompletedTask;
        });
        await house.Books.DoAsync<Mandates>(mandates => mandates.CancelAsync(mandate.Id));
        if (isToldFirst)
        {
            var told = (await gateway.FindMandateAsync(mandate.Id.ToString(), default)).Value!;
            await house.Books.DoAsync<MandateSync>(sync => sync.ApplyAsync(told));
        }

        for (var minutes = 0; minutes < 10; minutes++)
        {
            await effects.RunDueAsync(() => new MemoryRecords(house.Books.Store, house.Books.Merchant.Id));
            house.Books.Clock.Set(house.Books.Now.AddMinutes(1));
        }

        Assert.Equal("CANCELED", (await gateway.FindMandateAsync(mandate.Id.ToString(), default)).Value!.Status);
        Assert.Equal(MandateStatus.Cancelled, house.Mandate(mandate).Status);
    }

    /// <summary>A gateway of which is known what it was asked.</summary>
    public class Counted : DispatchProxy
    {
        public List<string> Asked { get; } = [];

        public object? Over { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Asked.Add(targetMethod!.Name);
            return targetMethod.Invoke(Over, args);
        }
    }
}
