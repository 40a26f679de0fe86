using System.Text.Json;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>What conditions can say about an invoice, its customer, money and days; and what is said of those that cannot be right.</summary>
public sealed class ConditionTests
{
    private const string OfTheirTypes = """
        [invoice.number, invoice.status, invoice.issueDate, invoice.dueDate, invoice.kind, customer.number, customer.name, customer.segment,
         customer.language, today].all(text, type(text) == string)
        && type(invoice.amount) == money && type(invoice.open) == money && type(invoice.disputed) == bool && type(customer.hasEmail) == bool
        && (invoice.description == null || type(invoice.description) == string) && (customer.country == null || type(customer.country) == string)
        """;

    [Theory]
    [InlineData(OfTheirTypes)]
    [InlineData("invoice.amount > money('500 EUR') && customer.segment == 'B2C' && daysBetween(invoice.dueDate, today) >= 1 && !invoice.disputed")]
    [InlineData("invoice.open + money('1 EUR') == invoice.amount + money('1.00 EUR') && addBusinessDays(invoice.dueDate, 1) > invoice.dueDate")]
    [InlineData("endOfMonth('2026-02-03') == '2026-02-28' && endOfMonth('2028-02-29') == '2028-02-29' && endOfMonth(timestamp('2026-11-20T00:00:00Z')) == '2026-11-30' && endOfMonth(invoice.dueDate) >= invoice.dueDate")]
    [InlineData("invoice.amount + money('1 USD') > money('1 EUR') || invoice.amount > money('500 EUR')")]
    [InlineData("daysBetween(timestamp('2026-11-20T00:00:00Z'), today) == 3 && addBusinessDays('2026-11-20', 1) == '2026-11-23'")]
    public async Task A_condition_over_an_invoice_is_passed_and_holds(string condition)
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await house.InScopeAsync(async scope =>
        {
            var library = scope.GetRequiredService<ScenarioLibrary>();
            var draft = await library.ImportAsync(Scenario(condition), "test");
            await library.PublishAsync(draft.DefinitionId, draft.Revision, null, "test");
        });

        await house.InvoiceComesInAsync("F-1", 600_00, scenarioId: "asks");
        await house.SettleAsync();

        Assert.Equal(["holds"], await house.ReadAsync(async scope => (await scope.GetRequiredService<IMerchantRecords>().ListAsync<WorkTask>(_ => true)).Select(task => task.Kind)));
    }

    [Theory]
    [InlineData("invoice.ammount > money('500 EUR')", ProblemCodes.UnknownMember, "amount")]
    [InlineData("custommer.segment == 'B2B'", ProblemCodes.UnknownName, "customer")]
    [InlineData("invoice.amount > 500", ProblemCodes.NoOverload, null)]
    [InlineData("invoice.amount * 2 > money('500 EUR')", ProblemCodes.NoOverload, null)]
    [InlineData("invoice.amount > money('500')", ProblemCodes.NoValue, null)]
    [InlineData("daysBetween(invoice.amount, today) > 3", ProblemCodes.Argument, null)]
    [InlineData("addBusinessDays('soon', 3) == today", ProblemCodes.NoValue, null)]
    [InlineData("money('1 EUR') + money('1 USD') > money('1 EUR')", ProblemCodes.NoValue, null)]
    [InlineData("customer.segment", ProblemCodes.Result, null)]
    public async Task A_condition_that_cannot_be_right_is_told_when_it_is_saved(string condition, string code, string? suggestion)
    {
        await using var house = await ScenarioHouse.OpenAsync();

        var problems = await house.ReadAsync(async scope => await scope.GetRequiredService<ScenarioLibrary>().ValidateAsync(Scenario(condition)));

        var problem = Assert.Single(problems, problem => problem.InputName == "condition");
        Assert.Equal((ProblemSeverity.Error, code, suggestion), (problem.Severity, problem.Code, problem.Suggestion));
    }

    [Fact]
    public async Task Nothing_is_said_of_the_expressions_of_the_ready_made_scenarios()
    {
        await using var house = await ScenarioHouse.OpenAsync();

        foreach (var id in ReadyMadeScenarios.Ids)
        {
            var problems = await house.ReadAsync(async scope => await scope.GetRequiredService<ScenarioLibrary>().ValidateAsync(ReadyMadeScenarios.Json(id)));
            Assert.DoesNotContain(problems, problem => problem.Place is not null);
        }
    }

    [Fact]
    public async Task An_amount_kept_in_a_variable_is_one_after_a_wait()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await house.InScopeAsync(async scope =>
        {
            var library = scope.GetRequiredService<ScenarioLibrary>();
            var draft = await library.ImportAsync(KeptOverADay, "test");
            await library.PublishAsync(draft.DefinitionId, draft.Revision, null, "test");
        });
        await house.InvoiceComesInAsync("F-1", 600_00, scenarioId: "asks");
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(["holds"], await house.ReadAsync(async scope => (await scope.GetRequiredService<IMerchantRecords>().ListAsync<WorkTask>(_ => true)).Select(task => task.Kind)));
    }

    private const string KeptOverADay = """
        {
          "definitionId": "asks", "name": "Asks", "version": 1, "isLatest": true,
          "variables": [{ "id": "claim", "name": "claim", "typeName": "Object" }, { "id": "parts", "name": "parts", "typeName": "Object" }],
          "root": {
            "type": "Elsa.Flowchart", "version": 1, "id": "flow",
            "activities": [
              { "id": "start", "type": "CentralPay.InvoiceImported", "version": 1, "customProperties": { "canStartWorkflow": true } },
              { "id": "keep", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "claim", "name": "claim" }, "value": { "typeName": "Object", "expression": { "type": "CEL", "value": "invoice.amount" } } },
              { "id": "parted", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "parts", "name": "parts" }, "value": { "typeName": "Object", "expression": { "type": "CEL", "value": "{'first': money('100 EUR'), 'rest': [money('500 EUR')]}" } } },
              { "id": "wait", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "PT12H" } } },
              { "id": "ask", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "CEL", "value": "claim > money('500 EUR') && claim == invoice.amount && parts.first + parts.rest[0] == claim" } } },
              { "id": "yes", "type": "CentralPay.CreateTask", "version": 1, "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "holds" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "keep", "port": "In" } },
              { "source": { "activity": "keep", "port": "Done" }, "target": { "activity": "parted", "port": "In" } },
              { "source": { "activity": "parted", "port": "Done" }, "target": { "activity": "wait", "port": "In" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "ask", "port": "In" } },
              { "source": { "activity": "ask", "port": "True" }, "target": { "activity": "yes", "port": "In" } }
            ]
          }
        }
        """;

    private static string Scenario(string condition) => """
        {
          "definitionId": "asks", "name": "Asks", "version": 1, "isLatest": true,
          "root": {
            "type": "Elsa.Flowchart", "version": 1, "id": "flow",
            "activities": [
              { "id": "start", "type": "CentralPay.InvoiceImported", "version": 1, "customProperties": { "canStartWorkflow": true } },
              { "id": "ask", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "CEL", "value": CONDITION } } },
              { "id": "yes", "type": "CentralPay.CreateTask", "version": 1, "kind": { "typeName": "String", "expression": { "type": "Literal", "value": "holds" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "ask", "port": "In" } },
              { "source": { "activity": "ask", "port": "True" }, "target": { "activity": "yes", "port": "In" } }
            ]
          }
        }
        """.Replace("CONDITION", JsonSerializer.Serialize(condition), StringComparison.Ordinal);
}
