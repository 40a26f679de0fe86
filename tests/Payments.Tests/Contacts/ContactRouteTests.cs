using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Tests.Contacts;

public sealed class ContactRouteTests
{
    private static readonly Customer Anybody = new()
    {
        Id = Guid.NewGuid(),
        MerchantId = Guid.NewGuid(),
        Number = "C-1",
        Name = "Zoé",
        Email = "zoe@example.test",
        Phone = "+33612345678",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly TestHouse house = new();

    public static TheoryData<MessageChannel?, Customer, MessageChannel, string?> Ways => new()
    {
        { MessageChannel.Email, Anybody, MessageChannel.Email, null },
        { MessageChannel.Sms, Anybody, MessageChannel.Sms, null },
        { null, Anybody, MessageChannel.Email, null },
        { null, Anybody with { PreferredChannel = MessageChannel.Sms }, MessageChannel.Sms, null },
        { MessageChannel.Email, Anybody with { Email = null }, MessageChannel.Sms, null },
        { MessageChannel.Sms, Anybody with { SmsOptedOut = true }, MessageChannel.Email, null },
        { MessageChannel.Email, Anybody with { Email = null, SmsOptedOut = true }, MessageChannel.Email, ContactReasons.NoEmail },
        { MessageChannel.Sms, Anybody with { Phone = null, EmailOptedOut = true }, MessageChannel.Sms, ContactReasons.NoPhone },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_customer_is_told_on_the_wanted_channel_else_on_the_other(MessageChannel? wanted, Customer customer, MessageChannel channel, string? against)
    {
        var route = ContactRoute.To(wanted, customer, mayFallBack: true, new Both());

        Assert.Equal((channel, against), (route.Channel, route.Against));
        Assert.Equal(against is null, route.Address is not null);
    }

    [Fact]
    public void Without_the_policy_for_it_the_other_channel_is_not_taken() =>
        Assert.Equal(ContactReasons.NoEmail, ContactRoute.To(MessageChannel.Email, Anybody with { Email = null }, mayFallBack: false, new Both()).Against);

    [Fact]
    public void A_channel_that_is_not_connected_reaches_nobody() =>
        Assert.Equal(ContactReasons.NoChannel, ContactRoute.On(MessageChannel.Sms, Anybody, new EmailAlone()).Against);

    [Fact]
    public async Task Of_a_customer_whom_nothing_reaches_a_person_gets_one_task()
    {
        var customer = await house.CustomerAsync(with: customer => customer with { Email = null });
        Assert.Equal(ContactReasons.NoEmail, (await PlanAsync(customer, "F-1")).NotPlannedReason);
        Assert.Equal(ContactReasons.NoEmail, (await PlanAsync(customer, "F-2")).NotPlannedReason);

        var task = Assert.Single(house.All<WorkTask>());
        Assert.Equal("unreachable", task.Kind);
        Assert.Contains("Dupont SARL", task.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_excluded_customer_is_not_reminded_until_the_day_has_passed()
    {
        var customer = await house.CustomerAsync();
        var desk = TestHouse.Person(Permissions.WorkTasks);
        await house.DoAsync<ContactDesk, Customer>(contacts => contacts.SaveCustomerAsync(customer.Id, new CustomerContact(null, false, false, "Accord avec la direction", new DateOnly(2026, 11, 4)), default), desk);

        Assert.Equal(ContactReasons.Excluded, (await PlanAsync(customer, "F-1")).NotPlannedReason);
        Assert.NotNull((await PlanAsync(customer, "F-2", MessageTemplates.ReceiptPaid)).Message);
        house.Clock.Move(TimeSpan.FromDays(2));
        Assert.NotNull((await PlanAsync(customer, "F-3")).Message);
    }

    [Fact]
    public async Task An_exclusion_needs_a_reason_and_a_day_that_has_not_passed()
    {
        var customer = await house.CustomerAsync();
        var desk = TestHouse.Person(Permissions.WorkTasks);

        var noReason = await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(null, new DateOnly(2026, 12, 1)));
        var passed = await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync("Accord", new DateOnly(2026, 11, 1)));

        Assert.Equal(("excludedReason", RuleCodes.Required), (noReason.Violations[0].Field, noReason.Violations[0].Code));
        Assert.Equal(("excludedUntil", RuleCodes.DatePassed), (passed.Violations[0].Field, passed.Violations[0].Code));

        Task SaveAsync(string? reason, DateOnly until) =>
            house.DoAsync<ContactDesk, Customer>(contacts => contacts.SaveCustomerAsync(customer.Id, new CustomerContact(null, false, false, reason, until)), desk);
    }

    private async Task<ContactPlan> PlanAsync(Customer customer, string number, string template = MessageTemplates.ReminderFirst)
    {
        var invoice = await house.InvoiceAsync(number: number, customer: customer);
        return await house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
        {
            CustomerId = customer.Id,
            InvoiceId = invoice.Id,
            Template = template,
            Key = Guid.CreateVersion7().ToString(),
        }));
    }

    private sealed class Both : IMessageChannels
    {
        public bool IsOpen(MessageChannel channel) => true;
    }
}
