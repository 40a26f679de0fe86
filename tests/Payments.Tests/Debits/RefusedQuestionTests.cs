using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>What a no of the gateway says of a debit or a mandate that it may have: nothing.</summary>
public sealed class RefusedQuestionTests
{
    private readonly DebitHouse house = new();
    private readonly SimulatedDebits gateway;

    public RefusedQuestionTests() => gateway = new SimulatedDebits(house.Books.Clock);

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_refused_search_leaves_a_debit_uncertain_and_no_second_one_is_made(int status)
    {
        var (debit, create) = await LostAsync();

        var outcome = await TryAsync(create with { Attempts = 1 }, AnsweringGateway.Refusing<GatewayDebit?>(gateway, nameof(IDebitGateway.FindDebitAsync), status));

        Assert.Equal(EffectOutcomeKind.Failed, outcome.Kind);
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
        await Assert.ThrowsAsync<RuleViolationException>(() => house.RetryAsync(house.Debit(debit)));
        Assert.Single(gateway.Debits);
    }

    [Fact]
    public async Task A_refused_repeat_leaves_a_debit_uncertain_and_the_next_question_finds_it()
    {
        var (debit, create) = await LostAsync(isSlow: true);

        var refused = await TryAsync(create with { Attempts = 1 }, AnsweringGateway.Refusing<GatewayDebit>(gateway, nameof(IDebitGateway.CreateDebitAsync), 409));
        Assert.Equal((EffectOutcomeKind.Unknown, DebitStatus.Unknown), (refused.Kind, house.Debit(debit).Status));

        await gateway.CreateDebitAsync(Order(debit), create.Key, default);
        await TryAsync(create with { Attempts = 2 }, gateway);
        Assert.Equal(DebitStatus.Submitted, house.Debit(debit).Status);
    }

    [Fact]
    public async Task A_debit_turned_away_at_the_door_after_a_lost_answer_may_still_be_there()
    {
        var (debit, create) = await LostAsync(isSlow: true);

        var away = await TryAsync(create with { Attempts = 1 }, AnsweringGateway.Refusing<GatewayDebit>(gateway, nameof(IDebitGateway.CreateDebitAsync), 429, EffectOutcomeKind.Failed));

        Assert.False(away.LeftNothing);
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
    }

    [Fact]
    public async Task A_refused_first_order_is_refused()
    {
        var debit = await house.CreateAsync(await DebitableAsync());
        var create = house.Books.Effects(EffectKinds.CreateGatewayDebit).Single();

        await TryAsync(create, AnsweringGateway.Refusing<GatewayDebit>(gateway, nameof(IDebitGateway.CreateDebitAsync), 400));

        Assert.Equal((DebitStatus.Failed, DebitFailure.Declined), (house.Debit(debit).Status, house.Debit(debit).Failure));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_refused_evening_question_is_asked_again_until_a_person_is_told(int status)
    {
        var (debit, _) = await LostAsync();
        var evening = house.Books.Effects(EffectKinds.ReadGatewayDebit).Single();
        house.Books.Clock.Set(evening.DueAt);

        var outcome = await TryAsync(evening, AnsweringGateway.Refusing<GatewayDebit?>(gateway, nameof(IDebitGateway.FindDebitAsync), status));

        // What fails is tried again a bounded number of times, and then given up with an incident.
        Assert.Equal(EffectOutcomeKind.Failed, outcome.Kind);
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
    }

    [Fact]
    public async Task A_refused_search_or_repeat_leaves_a_mandate_uncertain()
    {
        await house.AskAsync(await house.Books.CustomerAsync());
        var again = house.Books.Effects(EffectKinds.CreateGatewayMandate).Single() with { Attempts = 1 };

        var search = await TryAsync(again, AnsweringGateway.Refusing<GatewayMandate?>(gateway, nameof(IDebitGateway.FindMandateAsync), 404));
        var repeat = await TryAsync(again, AnsweringGateway.Refusing<GatewayMandate>(gateway, nameof(IDebitGateway.CreateMandateAsync), 409));

        Assert.Equal((EffectOutcomeKind.Failed, EffectOutcomeKind.Unknown), (search.Kind, repeat.Kind));
    }

    /// <summary>A debit whose answer was lost: the gateway has it, or is still at it.</summary>
    private async Task<(DirectDebit Debit, Effect Create)> LostAsync(bool isSlow = false)
    {
        var debit = await house.CreateAsync(await DebitableAsync());
        var create = house.Books.Effects(EffectKinds.CreateGatewayDebit).Single();
        house.Books.Clock.Set(create.DueAt);
        await house.Books.DoAsync<IMerchantRecords>(records => Task.FromResult(records.Update(DebitLife.After(house.Debit(debit), DebitEvent.AnswerLost))));
        if (!isSlow)
        {
            await gateway.CreateDebitAsync(Order(debit), create.Key, default);
        }

        var records = Records();
        await Handler(create.Kind, gateway).ApplyAsync(create, new EffectOutcome { Kind = EffectOutcomeKind.Unknown }, records, default);
        await records.CommitAsync();
        return (debit, create);
    }

    private async Task<Invoices.Invoice> DebitableAsync()
    {
        var invoice = await house.DebitableAsync();
        var mandate = house.Books.All<Mandate>().Single();
        await house.Books.DoAsync<IMerchantRecords>(records => Task.FromResult(records.Update(mandate with { GatewayMandateId = gateway.AddSigned(mandate.Id.ToString()) })));
        return invoice;
    }

    private NewGatewayDebit Order(DirectDebit debit) => new()
    {
        MerchantDebitId = debit.Id.ToString(),
        GatewayMandateId = house.Books.Get<Mandate>(debit.MandateId).GatewayMandateId!,
        Amount = debit.Amount,
        CollectOn = debit.CollectOn,
        Description = "F-1",
    };

    private async Task<EffectOutcome> TryAsync(Effect effect, IDebitGateway asked)
    {
        var handler = Handler(effect.Kind, asked);
        var outcome = await handler.DeliverAsync(effect, Records(), default);
        var records = Records();
        await handler.ApplyAsync(effect, outcome, records, default);
        await records.CommitAsync();
        return outcome;
    }

    private IEffectHandler Handler(string kind, IDebitGateway asked) => kind.EndsWith("mandate", StringComparison.Ordinal)
        ? new MandateEffect(kind, asked, records => new SimulatedServices(records, house.Books.Clock).Mandates)
        : new DebitEffect(kind, asked, house.Books.Clock, records => new SimulatedServices(records, house.Books.Clock).Debits);

    private MemoryRecords Records() => new(house.Books.Store, house.Books.Merchant.Id);
}
