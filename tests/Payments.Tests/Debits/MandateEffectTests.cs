using System.Reflection;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
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
