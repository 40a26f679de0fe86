using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class ScenarioApiTests(House house)
{
    [Fact]
    public async Task A_draft_saved_by_a_key_stands_in_the_audit_under_its_scenario()
    {
        const string Id = "soft-dunning-by-api";
        var definition = (await house.Api.GetFromJsonAsync<JsonObject>("/api/v1/scenarios/soft-dunning"))!["definition"]!.DeepClone();
        definition["definitionId"] = Id;
        var saved = await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Id}/draft", new { revision = 0, definition });
        Assert.True(saved.StatusCode == HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());

        var entry = Assert.Single(await EntriesAsync($"scenario:{Id}"));
        Assert.Equal("scenario.saved", entry.Action);
        Assert.StartsWith("key:", entry.ActorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_over_a_version_that_somebody_else_changed_is_refused_and_leaves_no_trace()
    {
        const string Id = "soft-dunning-too-late";
        var definition = (await house.Api.GetFromJsonAsync<JsonObject>("/api/v1/scenarios/soft-dunning"))!["definition"]!.DeepClone();
        definition["definitionId"] = Id;
        Assert.Equal(HttpStatusCode.Conflict, (await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Id}/draft", new { revision = 7, definition })).StatusCode);
        Assert.Empty(await EntriesAsync($"scenario:{Id}"));
    }

    [Fact]
    public async Task A_scenario_whose_condition_cannot_be_right_is_kept_not_published_and_the_answer_says_where()
    {
        const string Id = "asks-wrongly";
        var definition = JsonNode.Parse("""
            {
              "definitionId": "asks-wrongly", "name": "Asks wrongly",
              "root": { "id": "flow", "type": "Elsa.Flowchart", "connections": [{ "source": "start", "target": "ask" }], "activities": [
                { "id": "start", "type": "CentralPay.InvoiceImported", "customProperties": { "canStartWorkflow": true } },
                { "id": "ask", "type": "Elsa.FlowDecision", "condition": { "typeName": "Boolean", "expression": { "type": "CEL", "value": "invoice.ammount > money('5 EUR')" } } }
              ] }
            }
            """);
        var saved = await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Id}/draft", new { revision = 0, definition });
        Assert.True(saved.StatusCode == HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());

        var refused = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/publish", new { revision = 1 });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = Assert.Single((await refused.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsArray())!;
        Assert.Equal(("definition.ask.condition", "Expression.UnknownMember"), ((string?)error["field"], (string?)error["code"]));
        Assert.Equal("“invoice” has no “ammount”. (line 1, column 9) Did you mean “amount”?", (string?)error["message"]);
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(string subject)
    {
        await using var scope = house.Open();
        return await scope.Records.ListAsync<AuditEntry>(row => row.Subject == subject);
    }
}
