using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tests.Events;

/// <summary>The one story of a customer.</summary>
public sealed class TimelineTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task Promises_and_disputes_stand_in_the_story_with_who_noted_them()
    {
        var invoice = await house.InvoiceAsync();
        var agent = TestHouse.Person(Permissions.WorkTasks);
        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.PromiseAsync(invoice.Id, new DateOnly(2026, 11, 20)), agent);
        house.Clock.Move(TimeSpan.FromHours(1));
        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.DisputeAsync(invoice.Id, true), agent);
        house.Clock.Move(TimeSpan.FromHours(1));
        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.DisputeAsync(invoice.Id, false), agent);

        var page = await PageAsync(new TimelineOf(invoice.CustomerId, null, TimelineKind.Promises));

        Assert.Equal([EventNames.InvoiceDisputeEnded, EventNames.InvoiceDisputed, EventNames.InvoicePromised], page.Events.Select(one => one.Name));
        Assert.Equal("{\"number\":\"F-2026-0001\",\"until\":\"2026-11-20\",\"by\":\"Agnès Martin\"}", page.Events[^1].DataJson);
        Assert.All(page.Events, one => Assert.Equal(10_000, one.AmountMinor));
    }

    [Fact]
    public async Task Of_what_happens_at_once_the_effect_stands_above_its_cause()
    {
        var customer = await house.CustomerAsync();
        await RaiseAsync(customer.Id, EventNames.MessagePlanned, EventNames.InvoicePaid, EventNames.PaymentReceived, EventNames.InvoiceImported, EventNames.EffectAnswered);

        Assert.Equal(
            [EventNames.MessagePlanned, EventNames.InvoicePaid, EventNames.PaymentReceived, EventNames.InvoiceImported],
            (await PageAsync(new TimelineOf(customer.Id, null))).Events.Select(one => one.Name));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_last_one_says_so()
    {
        var customer = await house.CustomerAsync();
        await RaiseAsync(customer.Id, [.. Enumerable.Repeat(EventNames.MessageSent, 5)]);
        await RaiseAsync(Guid.CreateVersion7(), EventNames.MessageSent);
        var of = new TimelineOf(customer.Id, null);

        var first = await PageAsync(of, null, 2);
        var second = await PageAsync(of, first.Next, 2);
        var third = await PageAsync(of, second.Next, 2);

        Assert.Equal(5, first.Events.Concat(second.Events).Concat(third.Events).Select(one => one.Id).Distinct().Count());
        Assert.Equal((2, 2, 1), (first.Events.Count, second.Events.Count, third.Events.Count));
        Assert.Null(third.Next);
    }

    [Fact]
    public void Every_event_of_the_catalogue_has_a_kind_or_is_no_part_of_a_customers_story()
    {
        var told = Enum.GetValues<TimelineKind>().SelectMany(TimelineKinds.Of).ToHashSet();

        Assert.Equal(
            [
                EventNames.DropRejected, EventNames.EffectAnswered, EventNames.EffectFailed, EventNames.ImportCompleted,
                EventNames.PayoutApproved, EventNames.PayoutCompleted, EventNames.PayoutFailed, EventNames.PayoutProposed, EventNames.StatementImported,
            ],
            EventNames.All.Where(name => !told.Contains(name)).Order(StringComparer.Ordinal));
    }

    private Task<TimelinePage> PageAsync(TimelineOf of, Guid? before = null, int limit = 50) => house.DoAsync<Timeline, TimelinePage>(timeline => timeline.PageAsync(of, before, limit));

    private Task RaiseAsync(Guid customerId, params string[] names) => house.DoAsync<IMerchantRecords>(records =>
    {
        foreach (var name in names)
        {
            records.Raise(new DomainEvent { Id = Guid.CreateVersion7(), MerchantId = house.Merchant.Id, Name = name, At = house.Now, CustomerId = customerId });
        }

        return Task.CompletedTask;
    });
}
