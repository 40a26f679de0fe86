using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Contacts;

public sealed class ContactTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task A_reminder_is_planned_at_once_by_day_in_the_customers_language()
    {
        var customer = await house.CustomerAsync(with: customer => customer with { Language = "en" });
        var invoice = await house.InvoiceAsync(customer: customer);

        var plan = await PlanAsync(invoice);

        Assert.Equal((house.Now, "en", MessageStatus.Planned), (plan.Message!.DueAt, plan.Message.Language, plan.Message.Status));
        var effect = Assert.Single(house.Effects(EffectKinds.Email));
        Assert.Equal((plan.Message.Key, EffectRepeat.Neither), (effect.Key, effect.Repeat));
    }

    [Fact]
    public async Task A_language_nobody_wrote_falls_back_to_the_merchants()
    {
        var invoice = await house.InvoiceAsync(customer: await house.CustomerAsync(with: customer => customer with { Language = "pl" }));

        Assert.Equal("fr", (await PlanAsync(invoice)).Message!.Language);
    }

    [Fact]
    public async Task A_reminder_wanted_at_night_waits_for_the_morning()
    {
        var invoice = await house.InvoiceAsync();
        house.Clock.Set(new DateTimeOffset(2026, 11, 3, 22, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 11, 4, 7, 0, 0, TimeSpan.Zero), (await PlanAsync(invoice)).Message!.DueAt);
    }

    [Fact]
    public async Task A_second_reminder_too_soon_is_moved_later_not_lost()
    {
        var invoice = await house.InvoiceAsync();
        var first = (await PlanAsync(invoice)).Message!;
        house.Clock.Move(TimeSpan.FromHours(2));

        var second = (await PlanAsync(invoice, MessageTemplates.ReminderSecond)).Message!;

        Assert.Equal(first.DueAt.AddHours(24), second.DueAt);
    }

    [Fact]
    public async Task A_receipt_does_not_wait_for_the_interval_between_reminders()
    {
        var invoice = await house.InvoiceAsync();
        await PlanAsync(invoice);

        Assert.Equal(house.Now, (await PlanAsync(invoice, MessageTemplates.ReceiptPaid)).Message!.DueAt);
    }

    [Fact]
    public async Task The_same_wish_under_the_same_key_is_one_message()
    {
        var invoice = await house.InvoiceAsync();

        var first = await PlanAsync(invoice, key: "case/step/1");
        var second = await PlanAsync(invoice, key: "case/step/1");

        Assert.Equal(first.Message!.Id, second.Message!.Id);
        Assert.Single(house.All<Message>());
    }

    [Fact]
    public async Task Nobody_is_reminded_who_opted_out_has_no_address_contests_or_promised()
    {
        Assert.Equal(ContactReasons.OptedOut, await WhyNotAsync(customer => customer with { EmailOptedOut = true }, invoice => invoice));
        Assert.Equal(ContactReasons.NoEmail, await WhyNotAsync(customer => customer with { Email = null }, invoice => invoice));
        Assert.Equal(ContactReasons.Disputed, await WhyNotAsync(customer => customer, invoice => invoice with { Disputed = true }));
        Assert.Equal(ContactReasons.Promised, await WhyNotAsync(customer => customer, invoice => invoice with { PromisedUntil = new DateOnly(2026, 11, 3) }));
        Assert.Null(await WhyNotAsync(customer => customer, invoice => invoice with { PromisedUntil = new DateOnly(2026, 11, 2) }));
    }

    [Fact]
    public async Task A_template_that_is_not_there_is_refused()
    {
        var invoice = await house.InvoiceAsync();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => PlanAsync(invoice, "reminder.tenth"));

        Assert.Equal(RuleCodes.TemplateUnknown, refused.Violations[0].Code);
    }

    [Fact]
    public async Task A_reminder_in_the_outbox_is_dropped_the_moment_the_invoice_is_paid()
    {
        var invoice = await house.InvoiceAsync();
        var message = (await PlanAsync(invoice)).Message!;
        Assert.Equal(GuardKind.Go, (await CheckAsync(message)).Kind);

        await house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney { SourceKey = "tx", Method = PaymentMethod.Card, Amount = invoice.Amount, ReceivedAt = house.Now, InvoiceId = invoice.Id }));

        Assert.Equal(GuardVerdict.Drop(ContactReasons.Paid), await CheckAsync(message));
    }

    [Fact]
    public async Task A_reminder_claimed_at_night_is_looked_at_again_in_the_morning()
    {
        var message = (await PlanAsync(await house.InvoiceAsync())).Message!;
        house.Clock.Set(new DateTimeOffset(2026, 11, 3, 21, 0, 0, TimeSpan.Zero));

        Assert.Equal(GuardVerdict.Later(new DateTimeOffset(2026, 11, 4, 7, 0, 0, TimeSpan.Zero), ContactReasons.QuietHours), await CheckAsync(message));
    }

    [Fact]
    public async Task A_reminder_is_held_back_when_another_about_the_invoice_was_just_sent()
    {
        var invoice = await house.InvoiceAsync();
        var first = (await PlanAsync(invoice)).Message!;
        var second = (await PlanAsync(invoice, MessageTemplates.ReminderSecond)).Message!;
        house.Clock.Move(TimeSpan.FromHours(1));
        await house.DoAsync<MessageLog>(log => log.MarkSentAsync(first.Id, new ComposedMessage { Subject = "s", Html = "h", Text = "t", InlineImages = [] }, "a@b.test", "id"));

        var verdict = await CheckAsync(second);

        Assert.Equal((GuardKind.Later, ContactReasons.MinimumInterval, house.Now.AddHours(24)), (verdict.Kind, verdict.Reason, verdict.NotBefore));
    }

    private Task<ContactPlan> PlanAsync(Invoice invoice, string template = MessageTemplates.ReminderFirst, string? key = null) =>
        house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
        {
            CustomerId = invoice.CustomerId,
            InvoiceId = invoice.Id,
            Template = template,
            Key = key ?? Guid.CreateVersion7().ToString(),
        }));

    private Task<GuardVerdict> CheckAsync(Message message) => house.DoAsync<ContactGuard, GuardVerdict>(guard => guard.CheckAsync(house.Get<Message>(message.Id)).AsTask());

    private async Task<string?> WhyNotAsync(Func<Customer, Customer> ofCustomer, Func<Invoice, Invoice> ofInvoice)
    {
        var number = Guid.CreateVersion7().ToString();
        var invoice = await house.InvoiceAsync(number: number, customer: await house.CustomerAsync(number, ofCustomer));
        await house.DoAsync<IMerchantRecords>(records =>
        {
            records.Update(ofInvoice(invoice));
            return Task.CompletedTask;
        });
        return (await PlanAsync(invoice)).NotPlannedReason;
    }
}
