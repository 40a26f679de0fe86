using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>Debits over the outbox's own handlers and a gateway in memory.</summary>
public sealed class DebitEffectTests
{
    private readonly DebitHouse house = new();
    private readonly SimulatedDebits gateway;
    private readonly SimulatedEffects effects;

    public DebitEffectTests()
    {
        gateway = new SimulatedDebits(house.Books.Clock);
        effects = new SimulatedEffects(new SimulatedGateway(house.Books.Clock), house.Books.Clock, gateway);
    }

    [Fact]
    public async Task A_debit_without_funds_twice_is_paid_at_the_third_try()
    {
        var (invoice, mandate) = await SignedAsync();
        gateway.Say(mandate.Id.ToString(), "AM04", "AM04", null);

        var first = await house.CreateAsync(invoice);
        await UntilAsync(first.CollectOn);
        var second = await house.RetryAsync(house.Debit(first));
        await UntilAsync(second.CollectOn);
        var third = await house.RetryAsync(house.Debit(second));
        await UntilAsync(third.CollectOn);

        Assert.Equal([DebitStatus.Failed, DebitStatus.Failed, DebitStatus.Settled], house.Books.All<DirectDebit>().OrderBy(debit => debit.Attempt).Select(debit => debit.Status));
        Assert.Equal(InvoiceStatus.Paid, house.Books.Get<Invoice>(invoice.Id).Status);
        Assert.True(house.Books.BooksBalance());
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_and_the_debit_is_never_there_twice()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice);
        house.Books.Clock.Set(house.Books.Effects(EffectKinds.CreateGatewayDebit).Single().DueAt);
        var (effect, handler) = ToBeMade();

        // The gateway took it, and its answer was lost on the way.
        await handler.DeliverAsync(effect, Records(), default);
        await ApplyAsync(handler, effect, new EffectOutcome { Kind = EffectOutcomeKind.Unknown });
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);

        var found = await handler.DeliverAsync(effect with { Attempts = 1 }, Records(), default);
        await ApplyAsync(handler, effect, found);

        Assert.Equal(DebitStatus.Submitted, house.Debit(debit).Status);
        Assert.Single(gateway.Debits);
    }

    [Fact]
    public async Task A_debit_whose_process_ended_after_it_left_is_asked_for_and_not_taken_for_one_that_never_left()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice);
        var effect = house.Books.Effects(EffectKinds.CreateGatewayDebit).Single();
        house.Books.Clock.Set(effect.DueAt);
        var handler = effects.Handlers.Single(each => each.Kind == EffectKinds.CreateGatewayDebit);

        // The gateway took it; nobody wrote down that it did.
        await handler.DeliverAsync(effect, Records(), default);
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
        await house.Books.DoAsync<Payments.Receipts.ReceiptBook>(receipts => receipts.BookAsync(new()
        {
            SourceKey = "transfer",
            Method = Payments.Receipts.PaymentMethod.Transfer,
            Amount = invoice.Amount,
            ReceivedAt = house.Books.Now,
            InvoiceId = invoice.Id,
        }));

        // Paid another way meanwhile: it is asked for all the same, found, and asked back.
        Assert.Equal(GuardKind.Go, (await handler.CheckAsync(effect, Records(), default)).Kind);
        await ApplyAsync(handler, effect, await handler.DeliverAsync(effect, Records(), default));
        Assert.Equal(DebitStatus.Submitted, house.Debit(debit).Status);
        Assert.Single(gateway.Debits);
        Assert.Single(house.Books.Effects(EffectKinds.CancelGatewayDebit));
    }

    [Fact]
    public async Task A_debit_that_never_left_is_scheduled_as_before_and_can_be_withdrawn()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice);
        var (effect, handler) = ToBeMade();
        await house.Books.DoAsync<Payments.Records.IMerchantRecords>(records => Task.FromResult(records.Update(DebitLife.After(house.Debit(debit), DebitEvent.AnswerLost))));

        await ApplyAsync(handler, effect, new EffectOutcome { Kind = EffectOutcomeKind.Failed, StatusCode = 502 });
        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
        await ApplyAsync(handler, effect, new EffectOutcome { Kind = EffectOutcomeKind.Failed, LeftNothing = true });
        Assert.Equal(DebitStatus.Scheduled, house.Debit(debit).Status);

        await house.Books.DoAsync<DirectDebits>(debits => debits.CancelAsync(debit.Id));
        Assert.Equal(DebitStatus.Cancelled, house.Debit(debit).Status);
        Assert.Empty(house.Books.Effects(EffectKinds.ReadGatewayDebit));
    }

    [Fact]
    public async Task A_debit_that_nobody_announced_is_announced_before_it_is_handed_over()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice, notBefore: DateOnly.FromDateTime(house.Books.Now.UtcDateTime).AddDays(60));
        var (effect, handler) = ToBeMade();
        Assert.Equal(0, await AnnounceDueAsync());

        house.Books.Clock.Set(effect.DueAt);
        Assert.Equal((GuardKind.Later, "not-announced"), ((await handler.CheckAsync(effect, Records(), default)).Kind, (await handler.CheckAsync(effect, Records(), default)).Reason));
        Assert.Equal(1, await AnnounceDueAsync());
        Assert.Equal(0, await AnnounceDueAsync());

        Assert.NotNull(house.Debit(debit).AnnouncedAt);
        Assert.Equal(GuardKind.Go, (await handler.CheckAsync(effect, Records(), default)).Kind);
    }

    [Fact]
    public async Task A_debit_that_the_gateway_never_had_fails_as_technical_after_its_day()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice);
        var create = house.Books.Effects(EffectKinds.CreateGatewayDebit).Single();
        var handler = effects.Handlers.Single(each => each.Kind == EffectKinds.CreateGatewayDebit);
        await ApplyAsync(handler, create, new EffectOutcome { Kind = EffectOutcomeKind.Unknown });
        await house.Books.DoAsync<Payments.Records.IMerchantRecords>(records =>
        {
            records.Settle(new EffectSettlement { EffectId = create.Id, LeaseToken = create.LeaseToken, State = EffectState.Unknown, At = house.Books.Now });
            return Task.CompletedTask;
        });

        await UntilAsync(debit.CollectOn);

        Assert.Equal((DebitStatus.Failed, DebitFailure.Technical), (house.Debit(debit).Status, house.Debit(debit).Failure));
        Assert.Empty(gateway.Debits);
    }

    [Fact]
    public async Task A_part_paid_before_the_bank_has_it_makes_the_debit_smaller()
    {
        var (invoice, _) = await SignedAsync();
        var debit = await house.CreateAsync(invoice);
        await house.Books.DoAsync<Payments.Receipts.ReceiptBook>(receipts => receipts.BookAsync(new()
        {
            SourceKey = "part",
            Method = Payments.Receipts.PaymentMethod.Transfer,
            Amount = TestHouse.Euros(4_000),
            ReceivedAt = house.Books.Now,
            InvoiceId = invoice.Id,
        }));

        await UntilAsync(debit.CollectOn);

        Assert.Equal(TestHouse.Euros(6_000), house.Debit(debit).Amount);
        Assert.Equal(InvoiceStatus.Paid, house.Books.Get<Invoice>(invoice.Id).Status);
        Assert.True(house.Books.BooksBalance());
    }

    private async Task<(Invoice Invoice, Mandate Mandate)> SignedAsync()
    {
        var customer = await house.Books.CustomerAsync();
        var mandate = await house.AskAsync(customer);
        await RunAsync();
        gateway.Sign(mandate.Id.ToString());
        await house.Books.DoAsync<Mandates>(mandates => mandates.BrowserReturnedAsync(mandate.Id));
        await RunAsync();
        return (await house.Books.InvoiceAsync(customer: customer), house.Mandate(mandate));
    }

    private (Effect Effect, IEffectHandler Handler) ToBeMade() =>
        (house.Books.Effects(EffectKinds.CreateGatewayDebit).Single(), effects.Handlers.Single(each => each.Kind == EffectKinds.CreateGatewayDebit));

    private Task<int> AnnounceDueAsync() => house.Books.DoAsync<DebitNotices, int>(notices => notices.RunAsync());

    private async Task UntilAsync(DateOnly day)
    {
        while (house.Books.All<Effect>().Where(effect => effect.State == EffectState.Pending && effect.DueAt < new DateTimeOffset(day.AddDays(1).ToDateTime(default), TimeSpan.Zero)).Min(effect => (DateTimeOffset?)effect.DueAt) is { } due)
        {
            house.Books.Clock.Set(due > house.Books.Now ? due : house.Books.Now);
            await RunAsync();
        }
    }

    private async Task ApplyAsync(IEffectHandler handler, Effect effect, EffectOutcome outcome)
    {
        var records = Records();
        await handler.ApplyAsync(effect, outcome, records, default);
        await records.CommitAsync();
    }

    private MemoryRecords Records() => new(house.Books.Store, house.Books.Merchant.Id);

    private Task<int> RunAsync() => effects.RunDueAsync(Records);
}
