using System.Reflection;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Simulation;
using CentralPay.Workflows.Payments.Tests.Debits;

namespace CentralPay.Workflows.Payments.Tests.Effects;

/// <summary>What may have been done by a process that ended before it could say so.</summary>
public sealed class EffectTriesTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(0, 10, 0, false)]
    [InlineData(0, 10, 299, false)]
    [InlineData(0, 10, 300, true)]
    [InlineData(0, -1, 0, true)]
    [InlineData(1, 10, 0, true)]
    public void It_may_have_been_begun_where_it_was_tried_was_due_before_this_process_or_for_as_long_as_it_is_held(int attempts, int dueAfterStart, int secondsLater, bool maybe)
    {
        var clock = new TestClock();
        var tries = new EffectTries(clock, Lease);
        var due = clock.GetUtcNow().AddSeconds(dueAfterStart);
        clock.Set(due.AddSeconds(secondsLater));

        Assert.Equal(maybe, tries.MayHaveBegun(new Effect
        {
            Id = Guid.NewGuid(),
            MerchantId = Guid.NewGuid(),
            Key = "k",
            Kind = EffectKinds.Email,
            Lane = "l",
            Repeat = EffectRepeat.Idempotent,
            PayloadJson = "{}",
            DueAt = due,
            AskedAt = due,
            Attempts = attempts,
        }));
    }

    [Fact]
    public async Task A_mandate_that_a_process_created_and_did_not_live_to_tell_is_found_and_not_created_again()
    {
        var house = new DebitHouse();
        var mandate = await house.AskAsync(await house.Books.CustomerAsync());
        var debits = new SimulatedDebits(house.Books.Clock);
        var there = debits.AddSigned(mandate.Id.ToString());
        var gateway = DispatchProxy.Create<IDebitGateway, Counted>();
        ((Counted)gateway).Over = debits;
        house.Books.Clock.Move(Lease);
        var effect = Assert.Single(house.Books.Effects(EffectKinds.CreateGatewayMandate));

        var outcome = await house.Books.DoAsync<IMerchantRecords, EffectOutcome>(records =>
            new MandateEffect(EffectKinds.CreateGatewayMandate, gateway, new EffectTries(house.Books.Clock, Lease), _ => null!).DeliverAsync(effect, records, CancellationToken.None));

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
