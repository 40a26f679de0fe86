using System.Text.Json;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>Telling a customer, and telling a colleague what came of it.</summary>
public sealed class InformingTests
{
    private const string ScenarioId = "told";
    private const string Own = "own.notice.delai-accorde";

    [Fact]
    public async Task A_case_goes_on_when_the_message_has_left_and_a_colleague_is_told()
    {
        await using var house = await HouseAsync();
        await ComesInAsync(house, "F-1", customer => customer);

        await house.SettleAsync();

        var messages = await MessagesAsync(house);
        Assert.Equal([("reminder.first", MessageStatus.Sent), ("alert.colleague", MessageStatus.Sent)], messages.Select(message => (message.Template, message.Status)));
        Assert.Equal(("chef@maison-lumiere.test", "Sent", "Please look."), (messages[1].Recipient, messages[1].Subject, messages[1].Note));
    }

    [Fact]
    public async Task A_case_whose_customer_contests_before_the_message_leaves_learns_that_it_was_not_needed()
    {
        await using var house = await HouseAsync();
        house.Clock.MoveTo(new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero));
        var invoice = await ComesInAsync(house, "F-2", customer => customer);
        await house.SettleAsync();
        await house.InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            records.Update((await records.FindAsync<Invoice>(invoice.Id))! with { Disputed = true });
            await records.CommitAsync();
        });

        await house.PassAsync(TimeSpan.FromHours(12));

        Assert.Equal(["Not needed"], (await MessagesAsync(house)).Where(message => message.Template == "alert.colleague").Select(message => message.Subject));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_case_that_is_ended_its_planned_reminder_is_taken_back(bool byItsScenario)
    {
        await using var house = await HouseAsync();
        house.Clock.MoveTo(new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero));
        await ComesInAsync(house, "F-8", customer => customer);
        await house.SettleAsync();
        Assert.Equal(MessageStatus.Planned, Assert.Single(await MessagesAsync(house)).Status);

        await house.InScopeAsync(async scope =>
        {
            var @case = Assert.Single(await scope.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery()));
            var desk = scope.GetRequiredService<CaseDesk>();
            Assert.True(byItsScenario ? await desk.CancelAsync(@case.Id, "anna") : await desk.TerminateAsync(@case.Id, "anna"));
        });
        await house.PassAsync(TimeSpan.FromHours(12));

        var message = Assert.Single(await MessagesAsync(house));
        Assert.Equal((MessageStatus.Cancelled, "case-ended"), (message.Status, message.Reason));
    }

    [Fact]
    public async Task A_customer_whom_nothing_reaches_leaves_by_its_own_way()
    {
        await using var house = await HouseAsync();
        await ComesInAsync(house, "F-3", customer => customer with { Email = null });

        await house.SettleAsync();

        Assert.Equal(["Not possible"], (await MessagesAsync(house)).Select(message => message.Subject));
    }

    [Fact]
    public async Task A_scenario_that_sends_an_own_template_nobody_wrote_for_the_channel_is_not_published()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await WriteAsync(house, TextChannel.Email, "fr");

        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => PublishAsync(house, Own, "sms"));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal((TemplateRules.NotWritten, "notify", "Delai accorde", "SMS"), (problem.Code, problem.NodeId, problem.Arguments[0], problem.Arguments[1]));
        await PublishAsync(house, Own, "email");
        Assert.Equal([ProblemSeverity.Warning], (await ProblemsAsync(house, "preferred")).Select(problem => problem.Severity));
    }

    [Fact]
    public async Task A_notice_that_is_written_in_another_language_only_goes_out_in_that_one()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await WriteAsync(house, TextChannel.Email, "fr");
        await PublishAsync(house, Own, "email");
        await ComesInAsync(house, "F-4", customer => customer with { Language = "en" });

        await house.SettleAsync();

        var message = Assert.Single(await MessagesAsync(house), message => message.Template == Own);
        Assert.Equal(("fr", MessageStatus.Sent), (message.Language, message.Status));
        var composed = await house.ReadAsync(scope => scope.GetRequiredService<MessageComposer>().ComposeAsync(message with { Language = "en" }, "https://pay.example.test"));
        Assert.Equal("Délai accordé", composed.Subject);
    }

    [Fact]
    public async Task A_notice_whose_text_is_gone_when_it_is_to_be_sent_is_put_to_a_person_and_nothing_else_is_sent()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await WriteAsync(house, TextChannel.Email, "fr");
        await PublishAsync(house, Own, "email");
        await house.AsAsync(Actor.System, scope => scope.GetRequiredService<TextDesk>().WithdrawAsync(Own, TextChannel.Email, "fr", 1));
        await ComesInAsync(house, "F-5", customer => customer);

        await house.SettleAsync();

        Assert.Empty(await MessagesAsync(house));
        var incident = Assert.Single(await house.ReadAsync(async scope => await scope.GetRequiredService<ICaseStore>().OpenIncidentsAsync(null, 10)));
        Assert.Equal((IncidentKind.Configuration, RuleCodes.TemplateNotWritten, "notify"), (incident.Kind, incident.Cause, incident.NodeId));
        Assert.Contains("\"own.notice.delai-accorde\" has no text for the channel Email, neither in the customer's language (fr)", incident.Message, StringComparison.Ordinal);
    }

    private static Task WriteAsync(ScenarioHouse house, TextChannel channel, string language) =>
        house.AsAsync(Actor.System, scope => scope.GetRequiredService<TextDesk>().SaveAsync(Own, channel, language, new TextSource { Subject = "Délai accordé", Html = "<p>{{invoice.number}}</p>" }, 0));

    private static Task PublishAsync(ScenarioHouse house, string template, string channel) => house.InScopeAsync(async scope =>
    {
        var library = scope.GetRequiredService<ScenarioLibrary>();
        var draft = await library.ImportAsync(Scenario(template, channel), "test");
        await library.PublishAsync(ScenarioId, draft.Revision, null, "test");
    });

    private static Task<IReadOnlyList<DefinitionProblem>> ProblemsAsync(ScenarioHouse house, string channel) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<ScenarioLibrary>().ValidateAsync(Scenario(Own, channel)));

    private static async Task<ScenarioHouse> HouseAsync()
    {
        var house = await ScenarioHouse.OpenAsync();
        await PublishAsync(house, "reminder.first", "preferred");
        return house;
    }

    private static async Task<Invoice> ComesInAsync(ScenarioHouse house, string number, Func<Customer, Customer> with)
    {
        var now = house.Clock.GetUtcNow();
        var customer = with(new Customer { Id = Guid.CreateVersion7(), MerchantId = house.MerchantId, Number = "C-" + number, Name = "Dupont SARL", Email = "dupont@example.test", CreatedAt = now });
        var amount = new Payments.Amounts.Money(100_00, "EUR");
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Number = number,
            CustomerId = customer.Id,
            IssueDate = new DateOnly(2026, 10, 23),
            DueDate = new DateOnly(2026, 11, 22),
            Amount = amount,
            Open = amount,
            ImportedAt = now,
        };
        await house.InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            records.Add(customer);
            records.Add(invoice);
            records.Raise(new DomainEvent
            {
                Id = Guid.CreateVersion7(),
                MerchantId = house.MerchantId,
                Name = EventNames.InvoiceImported,
                At = now,
                CustomerId = customer.Id,
                InvoiceId = invoice.Id,
                DataJson = DomainJson.Write(new { number, scenarioId = ScenarioId }),
            });
            await records.CommitAsync();
        });
        return invoice;
    }

    private static Task<IReadOnlyList<Message>> MessagesAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<Message>(_ => true));

    private static string Scenario(string template, string channel) => JsonSerializer.Serialize(new
    {
        id = "told-v1",
        definitionId = ScenarioId,
        name = "Told",
        version = 1,
        isLatest = true,
        root = new
        {
            type = "Elsa.Flowchart",
            version = 1,
            id = "flow",
            activities = new object[]
            {
                new { id = "start", type = "CentralPay.InvoiceImported", version = 1, customProperties = new { canStartWorkflow = true } },
                new { id = "notify", type = "CentralPay.NotifyCustomer", version = 1, template = Input(template), channel = Input(channel) },
                Alert("sent", "Sent"), Alert("needless", "Not needed"), Alert("impossible", "Not possible"),
            },
            connections = new[] { Line("start", "Done", "notify"), Line("notify", "Sent", "sent"), Line("notify", "Not needed", "needless"), Line("notify", "Not possible", "impossible") },
        },
    });

    private static object Alert(string id, string subject) =>
        new { id, type = "CentralPay.AlertColleague", version = 1, recipient = Input("chef@maison-lumiere.test"), subject = Input(subject), text = Input("Please look.") };

    private static object Input(string value) => new { typeName = "String", expression = new { type = "Literal", value } };

    private static object Line(string from, string port, string to) => new { source = new { activity = from, port }, target = new { activity = to, port = "In" } };
}
