using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>Debits that nobody wants any more while it is not known whether the gateway has them, and what is asked of it about them.</summary>
public sealed class WithdrawnDebitTests
{
    private readonly DebitHouse house = new();
    private readonly SimulatedDebits gateway;
    private readonly SimulatedEffects effects;
    private readonly Guid caseId = Guid.CreateVersion7();

    public WithdrawnDebitTests()
    {
        gateway = new SimulatedDebits(house.Books.Clock);
        effects = new SimulatedEffects(new SimulatedGateway(house.Books.Clock), house.Books.Clock, gateway);
    }

    [Fact]
    public async Task A_debit_of_a_cancelled_case_that_the_gateway_never_had_is_not_sent_again()
    {
        var (debit, create) = await OnItsWayAsync();
        await house.Books.DoAsync<DirectDebits>(debits => debits.WithdrawOfCaseAsync(caseId));

        await TryAsync(create with { Attempts = 3 });
        await UntilAsync(debit.CollectOn.AddDays(5));

        Assert.Equal(DebitStatus.Cancelled, house.Debit(debit).Status);
        Assert.Empty(gateway.Debits);
    }

    [Fact]
    public async Task A_debit_of_a_cancelled_case_that_was_turned_away_at_the_door_is_not_scheduled_again()
    {
        var (debit, create) = await OnItsWayAsync();
        await house.Books.DoAsync<DirectDebits>(debits => debits.WithdrawOfCaseAsync(caseId));

        await ApplyAsync(create, new EffectOutcome { Kind = EffectOutcomeKind.Failed, LeftNothing = true, StatusCode = 429 });
        await UntilAsync(debit.CollectOn.AddDays(5));

        Assert.Equal(DebitStatus.Cancelled, house.Debit(debit).Status);
        Assert.Empty(gateway.Debits);
    }

    [Fact]
    public async Task A_debit_of_a_cancelled_case_that_the_gateway_has_after_all_is_asked_back()
    {
        var (debit, create) = await OnItsWayAsync();
        await TryAsync(create with { Attempts = 1 }, applies: false);
        await house.Books.DoAsync<DirectDebits>(debits => debits.WithdrawOfCaseAsync(caseId));

        // Nobody tries to hand it over any more: the withdrawal looks for it itself.
        await SettleAsync(create, EffectState.GivenUp);
        await RunAsync();

        Assert.Equal(DebitStatus.Cancelled, house.Debit(debit).Status);
        Assert.Equal(GatewayDebitStatus.Canceled, Assert.Single(gateway.Debits).Status);
    }

    [Fact]
    public async Task A_withdrawal_that_was_given_up_can_be_asked_again_and_one_under_way_is_asked_once()
    {
        var (debit, create) = await OnItsWayAsync();
        await TryAsync(create with { Attempts = 1 });
        await house.Books.DoAsync<DirectDebits>(debits => debits.CancelAsync(debit.Id));
        await house.Books.DoAsync<DirectDebits>(debits => debits.CancelAsync(debit.Id));
        await SettleAsync(Assert.Single(house.Books.Effects(EffectKinds.CancelGatewayDebit)), EffectState.GivenUp);

        await house.Books.DoAsync<DirectDebits>(debits => debits.CancelAsync(debit.Id));

        Assert.Single(house.Books.All<Effect>(), effect => effect.Kind == EffectKinds.CancelGatewayDebit && effect.State == EffectState.Pending);
        await RunAsync();
        Assert.Equal(DebitStatus.Cancelled, house.Debit(debit).Status);
    }

    [Fact]
    public async Task A_debit_that_the_gateway_took_for_a_later_day_is_asked_for_in_that_evening()
    {
        var (debit, create) = await OnItsWayAsync();
        await ApplyAsync(create, new EffectOutcome { Kind = EffectOutcomeKind.Unknown });

        // Nobody answers until the bank's hour is over.
        house.Books.Clock.Set(create.DueAt.AddHours(14));
        await TryAsync(create with { Attempts = 5 });
        await SettleAsync(create, EffectState.Delivered);
        Assert.True(house.Debit(debit).CollectOn > debit.CollectOn);
        await UntilAsync(house.Debit(debit).CollectOn);

        Assert.Equal(DebitStatus.Settled, house.Debit(debit).Status);
    }

    /// <summary>A debit of a case that left; what became of it is not known.</summary>
    private async Task<(DirectDebit Debit, Effect Create)> OnItsWayAsync()
    {
        var invoice = await SignedAsync();
        var debit = await house.Books.DoAsync<DirectDebits, DirectDebit>(debits => debits.CreateAsync(new NewDebit { InvoiceId = invoice.Id, Key = $"{caseId:D}/a/1", NoticeDays = 14, CaseId = caseId }));
        var create = house.Books.Effects(EffectKinds.CreateGatewayDebit).Single();
        house.Books.Clock.Set(create.DueAt);
        await house.Books.DoAsync<IMerchantRecords>(records => Task.FromResult(records.Update(DebitLife.After(house.Debit(debit), DebitEvent.AnswerLost))));
        return (debit, create);
    }

    private async Task<Invoice> SignedAsync()
    {
        var customer = await house.Books.CustomerAsync();
        var mandate = await house.AskAsync(customer);
        await RunAsync();
        gateway.Sign(mandate.Id.ToString());
        await house.Books.DoAsync<Mandates>(mandates => mandates.BrowserReturnedAsync(mandate.Id));
        await RunAsync();
        return await house.Books.InvoiceAsync(customer: customer);
    }

    private async Task TryAsync(Effect effect, bool applies = true)
    {
        var outcome = await effects.Handlers.Single(each => each.Kind == effect.Kind).DeliverAsync(effect, Records(), default);
        if (applies)
        {
            await ApplyAsync(effect, outcome);
        }
    }

    private async Task ApplyAsync(Effect effect, EffectOutcome outcome)
    {
        var records = Records();
        await effects.Handlers.Single(each => each.Kind == effect.Kind).ApplyAsync(effect, outcome, records, default);
        await records.CommitAsync();
    }

    private Task SettleAsync(Effect effect, EffectState state) => house.Books.DoAsync<IMerchantRecords>(records =>
    {
        records.Settle(new EffectSettlement { EffectId = effect.Id, LeaseToken = effect.LeaseToken, State = state, At = house.Books.Now });
        return Task.CompletedTask;
    });

    private async Task UntilAsync(DateOnly day)
    {
        var until = new DateTimeOffset(day.AddDays(1).ToDateTime(default), TimeSpan.Zero);
        while (house.Books.All<Effect>().Where(effect => effect.State == EffectState.Pending && effect.DueAt < until).Min(effect => (DateTimeOffset?)effect.DueAt) is { } due)
        {
            house.Books.Clock.Set(due > house.Books.Now ? due : house.Books.Now);
            await RunAsync();
        }
    }

    private MemoryRecords Records() => new(house.Books.Store, house.Books.Merchant.Id);

    private Task<int> RunAsync() => effects.RunDueAsync(Records);
}
