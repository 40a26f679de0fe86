using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Simulation;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Tests.Simulation;

public sealed class SimulationTests
{
    private readonly TestHouse house = new();
    private readonly SimulatedGateway gateway;
    private readonly SimulatedEffects effects;

    public SimulationTests()
    {
        gateway = new SimulatedGateway(house.Clock);
        effects = new SimulatedEffects(gateway, house.Clock);
    }

    [Fact]
    public void Every_kind_of_effect_has_a_simulated_handler() =>
        Assert.Equal(
            typeof(EffectKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            effects.Handlers.Select(handler => handler.Kind).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_dunning_story_runs_to_its_end_without_anything_leaving_the_house()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);
        await RunAsync();
        Assert.NotNull(house.Get<PaymentRequest>(request.Id).VirtualIban);

        await PlanAsync(invoice, request, MessageTemplates.ReminderFirst);
        await RunAsync();
        await PlanAsync(invoice, request, MessageTemplates.ReminderSecond);
        gateway.PayByCard(request.Id.ToString(), TestHouse.Euros(10_000));
        await house.DoAsync<PaymentRequests>(requests => requests.BrowserReturnedAsync(request.Id));
        await RunAsync();
        house.Clock.Move(TimeSpan.FromDays(2));
        await RunAsync();

        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
        Assert.Equal([MessageStatus.Sent, MessageStatus.Cancelled], house.All<Message>().Select(message => message.Status).Order());
        Assert.Equal(ContactReasons.Paid, effects.Done[^1].Reason);
        Assert.Equal(effects.Done.Count, house.Events.Count(name => name == EventNames.EffectAnswered));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_reminder_at_night_waits_in_the_simulation_too()
    {
        var invoice = await house.InvoiceAsync();
        await PlanAsync(invoice, null, MessageTemplates.ReminderFirst);
        house.Clock.Set(new DateTimeOffset(2026, 11, 3, 22, 0, 0, TimeSpan.Zero));

        await RunAsync();

        Assert.Empty(effects.Done);
        Assert.Equal(new DateTimeOffset(2026, 11, 4, 7, 0, 0, TimeSpan.Zero), house.Effects(EffectKinds.Email).Single().DueAt);
    }

    [Fact]
    public async Task A_simulated_transfer_is_taken_in()
    {
        gateway.Transfer(new GatewayTransfer { Id = "sct-1", Amount = TestHouse.Euros(500), BookedOn = new DateOnly(2026, 11, 3) });
        await house.DoAsync<Records.IMerchantRecords>(records =>
        {
            records.Ask(new Effect
            {
                Id = Guid.CreateVersion7(),
                MerchantId = house.Merchant.Id,
                Key = "read",
                Kind = EffectKinds.ReadGatewayTransfer,
                Lane = EffectLanes.Gateway(house.Merchant.Id),
                Repeat = EffectRepeat.Idempotent,
                PayloadJson = DomainJson.Write(new GatewayTransferPayload("sct-1")),
                DueAt = house.Now,
                AskedAt = house.Now,
            });
            return Task.CompletedTask;
        });

        await RunAsync();

        Assert.Single(house.All<IncomingTransfer>());
    }

    private Task<int> RunAsync() => effects.RunDueAsync(() => new MemoryRecords(house.Store, house.Merchant.Id));

    private Task<ContactPlan> PlanAsync(Invoice invoice, PaymentRequest? request, string template) => house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
    {
        CustomerId = invoice.CustomerId,
        InvoiceId = invoice.Id,
        RequestId = request?.Id,
        Template = template,
        Key = Guid.CreateVersion7().ToString(),
    }));
}
