using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>A case that waits for what happens to its invoice.</summary>
public sealed class WaitForEventTests
{
    private static readonly Actor Erp = new() { Id = "erp", Name = "ERP", Permissions = new HashSet<string> { Permissions.ImportInvoices } };
    private static readonly Actor Agent = new() { Id = "agent", Name = "Agnès", Permissions = new HashSet<string> { Permissions.WorkTasks } };

    [Fact]
    public async Task What_the_erp_tells_by_its_own_name_resumes_the_case_of_that_invoice_alone()
    {
        await using var house = await HouseAsync("goods.delivered");
        var delivered = await house.InvoiceComesInAsync("F-1", 100_00, scenarioId: "waits-goods.delivered");
        var other = await house.InvoiceComesInAsync("F-2", 100_00, scenarioId: "waits-goods.delivered");
        await house.SettleAsync();

        await TellAsync(house, delivered, "goods.lost");
        await house.SettleAsync();
        Assert.Empty(await TasksAsync(house));
        await TellAsync(house, delivered, "goods.delivered");
        await house.SettleAsync();

        Assert.Equal([("check", delivered.Id)], await TasksAsync(house));
        await house.PassAsync(TimeSpan.FromDays(15));
        Assert.Equal([("call", other.Id), ("check", delivered.Id)], (await TasksAsync(house)).OrderBy(task => task.Kind));
    }

    [Fact]
    public async Task A_dispute_resumes_and_one_before_the_step_began_does_not_count()
    {
        await using var house = await HouseAsync("invoice.disputed");
        var invoice = await house.InvoiceComesInAsync("F-1", 100_00, scenarioId: "waits-invoice.disputed", begin: false);
        await DisputeAsync(house, invoice, true);
        await DisputeAsync(house, invoice, false);
        await house.BeginAsync(invoice, "waits-invoice.disputed");
        await house.SettleAsync();
        Assert.Empty(await TasksAsync(house));

        await DisputeAsync(house, invoice, true);
        await house.SettleAsync();

        Assert.Equal([("check", invoice.Id)], await TasksAsync(house));
    }

    [Theory]
    [InlineData("invoice.paid", RuleCodes.EventNameReserved)]
    [InlineData("Goods Delivered", RuleCodes.EventNameInvalid)]
    [InlineData("", RuleCodes.EventNameInvalid)]
    public async Task Nobody_tells_an_event_of_the_product_or_one_without_a_name(string name, string rule)
    {
        await using var house = await HouseAsync("invoice.disputed");
        var invoice = await house.InvoiceComesInAsync("F-1", 100_00, begin: false);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => TellAsync(house, invoice, name));

        Assert.Equal(("name", rule), (refused.Violations[0].Field, refused.Violations[0].Code));
    }

    [Fact]
    public async Task More_than_an_event_holds_is_refused()
    {
        await using var house = await HouseAsync("invoice.disputed");
        var invoice = await house.InvoiceComesInAsync("F-1", 100_00, begin: false);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.AsAsync(Erp, async scope =>
            await scope.GetRequiredService<InvoiceNews>().TellAsync(invoice.Id, "goods.delivered", new() { ["note"] = new string('x', InvoiceNews.MostSentAlong) })));

        Assert.Equal(("with", RuleCodes.TooLong), (refused.Violations[0].Field, refused.Violations[0].Code));
    }

    private static async Task<ScenarioHouse> HouseAsync(string waitsFor)
    {
        var house = await ScenarioHouse.OpenAsync();
        await house.InScopeAsync(async scope =>
        {
            var library = scope.GetRequiredService<ScenarioLibrary>();
            var draft = await library.ImportAsync(Scenario(waitsFor), "test");
            await library.PublishAsync($"waits-{waitsFor}", draft.Revision, null, "test");
        });
        return house;
    }

    private static Task TellAsync(ScenarioHouse house, Invoice invoice, string name) =>
        house.AsAsync(Erp, async scope => await scope.GetRequiredService<InvoiceNews>().TellAsync(invoice.Id, name, new() { ["carrier"] = "Colissimo" }));

    private static Task DisputeAsync(ScenarioHouse house, Invoice invoice, bool disputed) =>
        house.AsAsync(Agent, async scope => await scope.GetRequiredService<InvoiceDesk>().DisputeAsync(invoice.Id, disputed));

    private static Task<List<(string Kind, Guid? InvoiceId)>> TasksAsync(ScenarioHouse house) => house.ReadAsync(async scope =>
        (await scope.GetRequiredService<IMerchantRecords>().ListAsync<WorkTask>(_ => true)).Select(task => (task.Kind, task.InvoiceId)).ToList());

    private static string Scenario(string waitsFor) => $$"""
        {
          "definitionId": "waits-{{waitsFor}}", "name": "Waits", "version": 1, "isLatest": true,
          "root": {
            "type": "Elsa.Flowchart", "version": 1, "id": "flow",
            "activities": [
              { "id": "start", "type": "CentralPay.InvoiceImported", "version": 1, "customProperties": { "canStartWorkflow": true } },
              { "id": "wait", "type": "CentralPay.WaitForEvent", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "{{waitsFor}}" } } },
              { "id": "check", "type": "CentralPay.CreateTask", "version": 1, "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "check" } } },
              { "id": "call", "type": "CentralPay.CreateTask", "version": 1, "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "call" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "wait", "port": "In" } },
              { "source": { "activity": "wait", "port": "Happened" }, "target": { "activity": "check", "port": "In" } },
              { "source": { "activity": "wait", "port": "Time limit" }, "target": { "activity": "call", "port": "In" } }
            ]
          }
        }
        """;
}
