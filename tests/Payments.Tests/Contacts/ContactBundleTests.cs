using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Simulation;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Contacts;

public sealed class ContactBundleTests
{
    private readonly TestHouse house = new();
    private readonly SimulatedEffects outside;

    public ContactBundleTests() => outside = new SimulatedEffects(new SimulatedGateway(house.Clock), house.Clock);

    [Fact]
    public async Task Several_invoices_of_a_customer_make_one_message_with_all_of_them()
    {
        var (first, second) = (await house.InvoiceAsync(10_000, "F-1"), await house.InvoiceAsync(20_050, "F-2"));
        await PlanAsync(first);
        await PlanAsync(second, MessageTemplates.ReminderSecond);

        await RunAsync();

        var sent = Assert.Single(house.All<Message>(), message => message.Status == MessageStatus.Sent);
        var covered = Assert.Single(house.All<Message>(), message => message.Status == MessageStatus.Covered);
        Assert.Equal((sent.Id, 2), (covered.CoveredBy, sent.InvoiceCount));
        Assert.Equal("Vos 2 factures\u00A0: 300,50\u00A0€ à régler", sent.Subject);
        Assert.Equal(new[] { first.Id, second.Id }.Order(), house.All<DomainEvent>().Where(happened => happened.Name is "message.sent" or "message.covered").Select(happened => happened.InvoiceId!.Value).Order());
        Assert.All(house.Effects(EffectKinds.Email), effect => Assert.Equal(EffectState.Delivered, effect.State));
    }

    [Fact]
    public async Task What_is_paid_when_the_message_leaves_is_not_in_it_and_one_left_alone_has_its_own_text()
    {
        var (first, second, third) = (await house.InvoiceAsync(10_000, "F-1"), await house.InvoiceAsync(20_000, "F-2"), await house.InvoiceAsync(30_000, "F-3"));
        foreach (var invoice in new[] { first, second, third })
        {
            await PlanAsync(invoice);
        }

        await PayAsync(first);
        await PayAsync(third);
        await RunAsync();

        var sent = Assert.Single(house.All<Message>(), message => message.Status == MessageStatus.Sent);
        Assert.Equal((second.Id, 1), (sent.InvoiceId, sent.InvoiceCount));
        Assert.StartsWith("Votre facture F-2", sent.Subject, StringComparison.Ordinal);
        Assert.Equal(2, house.All<Message>().Count(message => message is { Status: MessageStatus.Cancelled, Reason: ContactReasons.Paid }));
    }

    [Fact]
    public async Task The_last_one_that_drops_out_cancels_the_message()
    {
        var (first, second) = (await house.InvoiceAsync(number: "F-1"), await house.InvoiceAsync(number: "F-2"));
        await PlanAsync(first);
        await PlanAsync(second);
        await PayAsync(first);
        await PayAsync(second);

        await RunAsync();

        Assert.All(house.All<Message>(), message => Assert.Equal(MessageStatus.Cancelled, message.Status));
    }

    [Fact]
    public async Task A_customer_gets_one_reminder_a_day_and_what_comes_later_goes_the_next_morning()
    {
        var (first, second) = (await house.InvoiceAsync(number: "F-1"), await house.InvoiceAsync(number: "F-2"));
        await PlanAsync(first);
        await RunAsync();
        house.Clock.Move(TimeSpan.FromHours(2));
        await PlanAsync(second);
        await PassAsync(TimeSpan.FromDays(1));

        var sent = house.All<Message>().Where(message => message.Status == MessageStatus.Sent).Select(message => message.SentAt!.Value).Order().ToArray();
        Assert.Equal(2, sent.Length);
        Assert.Equal(new DateTimeOffset(2026, 11, 4, 7, 0, 0, TimeSpan.Zero), sent[1]);
    }

    [Fact]
    public async Task A_receipt_is_never_held_back_nor_taken_along()
    {
        var (first, second) = (await house.InvoiceAsync(number: "F-1"), await house.InvoiceAsync(number: "F-2"));
        await PlanAsync(first);
        await PlanAsync(second, MessageTemplates.ReceiptPaid);

        await RunAsync();

        Assert.All(house.All<Message>(), message => Assert.Equal((MessageStatus.Sent, 1), (message.Status, message.InvoiceCount)));
    }

    [Fact]
    public async Task Of_two_nodes_that_take_each_others_messages_along_one_is_refused_before_anything_leaves()
    {
        var first = await PlanAsync(await house.InvoiceAsync(number: "F-1"));
        var second = await PlanAsync(await house.InvoiceAsync(number: "F-2"));

        await Assert.ThrowsAsync<RecordConflictException>(() => house.DoAsync<ContactBundles>(async one =>
        {
            await one.ClaimAsync(house.Get<Message>(first.Id), "node-1");
            await house.DoAsync<ContactBundles>(other => other.ClaimAsync(house.Get<Message>(second.Id), "node-2"));
        }));

        Assert.Equal((MessageStatus.Covered, second.Id), (house.Get<Message>(first.Id).Status, house.Get<Message>(first.Id).CoveredBy));
        Assert.Equal("node-2", house.Get<Message>(second.Id).ProviderId);
    }

    [Fact]
    public async Task Of_two_nodes_that_do_not_see_each_others_messages_one_is_refused_by_the_day()
    {
        var first = await PlanAsync(await house.InvoiceAsync(number: "F-1"));

        await Assert.ThrowsAsync<RecordConflictException>(() => house.DoAsync<ContactBundles>(async one =>
        {
            await one.ClaimAsync(house.Get<Message>(first.Id), "node-1");
            var late = (await PlanAsync(await house.InvoiceAsync(number: "F-2")));
            await house.DoAsync<IMerchantRecords>(records =>
            {
                records.Update(house.Get<Message>(late.Id) with { ProviderId = "node-2", DayKey = DayKeyOf(late) });
                return Task.CompletedTask;
            });
        }));

        Assert.Null(house.Get<Message>(first.Id).ProviderId);
    }

    [Fact]
    public async Task A_message_that_is_dropped_after_a_failed_try_lets_those_it_covered_go_by_themselves()
    {
        var (paid, owed) = (await house.InvoiceAsync(number: "F-1"), await house.InvoiceAsync(number: "F-2"));
        var lead = await PlanAsync(paid);
        var covered = await PlanAsync(owed);
        await house.DoAsync<ContactBundles>(bundles => bundles.ClaimAsync(house.Get<Message>(lead.Id), "first-try"));
        await PayAsync(paid);

        await house.DoAsync<ContactBundles>(bundles => bundles.ReleaseAsync(lead.Id));
        await house.DoAsync<MessageLog>(log => log.MarkCancelledAsync(lead.Id, ContactReasons.Paid));
        await RunAsync();

        Assert.Equal(MessageStatus.Cancelled, house.Get<Message>(lead.Id).Status);
        Assert.Equal((MessageStatus.Sent, (Guid?)null), (house.Get<Message>(covered.Id).Status, house.Get<Message>(covered.Id).CoveredBy));
    }

    [Fact]
    public void Whatever_is_planned_paid_and_disputed_when_each_wish_is_told_once_or_dropped_and_nobody_is_told_of_what_is_not_owed() =>
        Properties.Hold(Steps.ListOf(25), steps => HoldsAsync([.. steps]).GetAwaiter().GetResult(), tests: 60);

    private static readonly FsCheck.Gen<Step> Steps =
        from kind in Gen.Elements(StepKind.Plan, StepKind.Plan, StepKind.Plan, StepKind.Pay, StepKind.Dispute, StepKind.Wait)
        from invoice in Gen.Choose(0, 7)
        from hours in Gen.Choose(1, 30)
        select new Step(kind, invoice, hours);

    private enum StepKind
    {
        Plan,
        Pay,
        Dispute,
        Wait,
    }

    private sealed record Step(StepKind Kind, int Invoice, int Hours);

    /// <summary>Eight invoices of three customers; whatever falls due on the way is done, and looked at as it is done.</summary>
    private static async Task<bool> HoldsAsync(Step[] steps)
    {
        var test = new ContactBundleTests();
        var invoices = new List<Invoice>();
        for (var customer = 0; customer < 3; customer++)
        {
            var owner = await test.house.CustomerAsync($"C-{customer}");
            for (var number = customer; number < 8; number += 3)
            {
                invoices.Add(await test.house.InvoiceAsync(number: $"F-{number}", customer: owner));
            }
        }

        foreach (var step in steps)
        {
            var invoice = test.house.Get<Invoice>(invoices[step.Invoice].Id);
            switch (step.Kind)
            {
                case StepKind.Plan:
                    await test.TryPlanAsync(invoice);
                    break;
                case StepKind.Pay when invoice.Open.AmountMinor > 0:
                    await test.PayAsync(invoice);
                    break;
                case StepKind.Dispute:
                    await test.house.DoAsync<IMerchantRecords>(records => Task.FromResult(records.Update(invoice with { Disputed = !invoice.Disputed })));
                    break;
                case StepKind.Wait when !await test.PassAsync(TimeSpan.FromHours(step.Hours)):
                    return false;
            }
        }

        return await test.PassAsync(TimeSpan.FromDays(20)) && test.EveryWishIsSettled();
    }

    private bool EveryWishIsSettled()
    {
        var messages = house.All<Message>();
        var told = house.All<DomainEvent>().Where(happened => happened.Name is "message.sent" or "message.covered").Select(happened => happened.SubjectId).ToArray();
        var reminded = messages.Where(message => message.Status == MessageStatus.Sent).ToArray();
        return messages.All(message => message.Status is MessageStatus.Sent or MessageStatus.Covered or MessageStatus.Cancelled)
            && messages.All(message => message.Status != MessageStatus.Covered || reminded.Any(lead => lead.Id == message.CoveredBy))
            && told.Length == told.Distinct().Count()
            && messages.Count(message => message.Status is MessageStatus.Sent or MessageStatus.Covered) == told.Length
            && reminded.GroupBy(message => (message.CustomerId, Day: message.SentAt!.Value.AddHours(1).Date)).All(day => day.Count() == 1)
            && house.All<Effect>().All(effect => effect.State is EffectState.Delivered or EffectState.Cancelled);
    }

    /// <summary>Moves time on from one due effect to the next; answers whether whatever was told was owed and undisputed when it was told.</summary>
    private async Task<bool> PassAsync(TimeSpan span)
    {
        var until = house.Now + span;
        while (true)
        {
            var before = house.All<Message>().Where(message => message.Status is MessageStatus.Sent or MessageStatus.Covered && message.SentAt is not null).Select(message => message.Id).ToHashSet();
            await RunOnceAsync();
            foreach (var message in house.All<Message>().Where(message => message.SentAt is not null && !before.Contains(message.Id)))
            {
                var invoice = house.Get<Invoice>(message.InvoiceId!.Value);
                if (invoice.Disputed || invoice.Open.AmountMinor == 0)
                {
                    return false;
                }
            }

            var next = house.All<Effect>().Where(effect => effect.State == EffectState.Pending).Select(effect => effect.DueAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            if (next > until)
            {
                house.Clock.Set(until);
                return true;
            }

            if (next > house.Now)
            {
                house.Clock.Set(next);
            }
        }
    }

    private Task<int> RunOnceAsync() => outside.RunDueAsync(() => new MemoryRecords(house.Store, house.Merchant.Id));

    /// <summary>Does everything that is due now, and what waits for it.</summary>
    private Task<bool> RunAsync() => PassAsync(TimeSpan.FromMinutes(10));

    private async Task<Message> PlanAsync(Invoice invoice, string template = MessageTemplates.ReminderFirst) => (await TryPlanAsync(invoice, template)).Message!;

    private Task<ContactPlan> TryPlanAsync(Invoice invoice, string template = MessageTemplates.ReminderFirst) => house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
    {
        CustomerId = invoice.CustomerId,
        InvoiceId = invoice.Id,
        Template = template,
        Key = Guid.CreateVersion7().ToString(),
    }));

    private Task PayAsync(Invoice invoice) => house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney
    {
        SourceKey = Guid.CreateVersion7().ToString(),
        Method = PaymentMethod.Card,
        Amount = invoice.Open,
        ReceivedAt = house.Now,
        InvoiceId = invoice.Id,
    }));

    private static string DayKeyOf(Message message) => $"{message.CustomerId:N}/2026-11-03/{message.Channel}/{message.Language}";
}
