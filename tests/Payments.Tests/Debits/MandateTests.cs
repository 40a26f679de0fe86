using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Debits;

public sealed class MandateTests
{
    private readonly DebitHouse house = new();

    [Fact]
    public async Task A_customer_is_asked_once_under_a_reference_of_at_most_35_characters()
    {
        var customer = await house.Books.CustomerAsync();

        var first = await house.AskAsync(customer);
        var again = await house.AskAsync(customer);

        Assert.Equal(first.Id, again.Id);
        Assert.InRange(first.Reference.Length, 1, 35);
        Assert.Single(house.Books.Effects(EffectKinds.CreateGatewayMandate));
        Assert.Single(house.Books.Events, EventNames.MandateRequested);
    }

    [Fact]
    public void References_do_not_repeat() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => MandateLife.NewReference()).Distinct().Count());

    [Fact]
    public async Task A_signature_told_twice_is_one_and_shows_no_more_of_the_account_than_its_end()
    {
        var customer = await house.Books.CustomerAsync();
        var mandate = await house.SignedAsync(customer);
        await house.Books.DoAsync<MandateSync>(sync => sync.ApplyAsync(new GatewayMandate { Id = mandate.GatewayMandateId!, MerchantMandateId = mandate.Id.ToString(), Status = "ACTIVE", Endpoint = mandate.GatewayEndpoint }));

        Assert.Equal((MandateStatus.Valid, "2606"), (house.Mandate(mandate).Status, house.Mandate(mandate).AccountEnding));
        Assert.Single(house.Books.Events, EventNames.MandateSigned);
    }

    [Fact]
    public async Task A_signature_in_the_future_is_refused()
    {
        var customer = await house.Books.CustomerAsync();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.SignedAsync(customer, house.Books.Now.AddDays(1)));

        Assert.Equal("signedAt", refused.Violations[0].Field);
    }

    [Fact]
    public async Task A_mandate_not_used_for_36_months_has_lapsed()
    {
        var customer = await house.Books.CustomerAsync();
        var mandate = await house.SignedAsync(customer);
        house.Books.Clock.Set(new DateTimeOffset(2029, 11, 2, 9, 0, 0, TimeSpan.Zero));
        Assert.NotNull(await house.Books.DoAsync<Mandates, Mandate?>(mandates => mandates.UsableAsync(customer.Id)));

        house.Books.Clock.Move(TimeSpan.FromDays(1));

        Assert.Null(await house.Books.DoAsync<Mandates, Mandate?>(mandates => mandates.UsableAsync(customer.Id)));
        Assert.Equal((MandateStatus.Expired, "unused"), (house.Mandate(mandate).Status, house.Mandate(mandate).EndReason));
        Assert.Single(house.Books.Events, EventNames.MandateExpired);
    }

    [Fact]
    public async Task A_consumer_signs_no_b2b_mandate_and_a_company_that_takes_no_debits_asks_for_none()
    {
        var consumer = await house.Books.CustomerAsync();
        var scheme = await Assert.ThrowsAsync<RuleViolationException>(() => house.AskAsync(consumer, MandateScheme.B2B));
        Assert.Equal(RuleCodes.SchemeNeedsBusiness, scheme.Violations[0].Code);

        var other = new TestHouse();
        var customer = await other.CustomerAsync();
        var off = await Assert.ThrowsAsync<RuleViolationException>(() => other.DoAsync<Mandates, Mandate>(mandates => mandates.AskAsync(new NewMandate { CustomerId = customer.Id })));
        Assert.Equal(RuleCodes.DebitsOff, off.Violations[0].Code);
    }

    [Fact]
    public async Task A_cancelled_mandate_is_cancelled_at_the_gateway_too()
    {
        var mandate = await house.SignedAsync(await house.Books.CustomerAsync());

        await house.Books.DoAsync<Mandates>(mandates => mandates.CancelAsync(mandate.Id));
        await house.Books.DoAsync<Mandates>(mandates => mandates.CancelAsync(mandate.Id));

        Assert.Equal(MandateStatus.Cancelled, house.Mandate(mandate).Status);
        Assert.Single(house.Books.Effects(EffectKinds.CancelGatewayMandate));
        Assert.Single(house.Books.Events, EventNames.MandateCancelled);
    }
}
