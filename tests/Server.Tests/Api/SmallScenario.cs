using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>A scenario of a start and one pause, drawn and published by the API, and invoices that follow it.</summary>
internal static class SmallScenario
{
    /// <summary>Publishes the next version; answers its number.</summary>
    public static async Task<int> PublishAsync(House house, string id, string pause, JsonObject timeSpan, params object[] variables)
    {
        var known = await house.Api.GetAsync($"/api/v1/scenarios/{id}");
        var revision = known.StatusCode == HttpStatusCode.NotFound ? 0 : (await known.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("scenario").GetProperty("revision").GetInt64();
        var saved = await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{id}/draft", new { revision, definition = Definition(id, pause, timeSpan, variables) });
        Assert.True(saved.StatusCode == HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        var published = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{id}/publish", new { revision = (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt64() });
        Assert.True(published.StatusCode == HttpStatusCode.OK, await published.Content.ReadAsStringAsync());
        return (await published.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32();
    }

    /// <summary>An invoice that follows the scenario; answers the identity of its case.</summary>
    public static async Task<Guid> InvoiceAsync(House house, string id, string number)
    {
        var today = DateOnly.FromDateTime(house.Now.UtcDateTime);
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", new
        {
            number,
            customerNumber = $"C-{number}",
            customerName = "Zoé Lambert",
            issueDate = today,
            dueDate = today.AddDays(10),
            amountMinor = 12000,
            scenarioId = id,
        });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        await house.SettleAsync();
        var invoice = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        return (await house.GetAsync($"/api/v1/cases?invoiceId={invoice}")).GetProperty("data")[0].GetProperty("id").GetGuid();
    }

    /// <summary>A value as it stands.</summary>
    public static JsonObject Literal(string value) => new() { ["typeName"] = "TimeSpan", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    /// <summary>A formula.</summary>
    public static JsonObject Formula(string cel) => new() { ["typeName"] = "TimeSpan", ["expression"] = new JsonObject { ["type"] = "CEL", ["value"] = cel } };

    private static JsonObject Definition(string id, string pause, JsonObject timeSpan, object[] variables) => new()
    {
        ["definitionId"] = id,
        ["name"] = id,
        ["variables"] = JsonSerializer.SerializeToNode(variables),
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray(
                new JsonObject { ["id"] = "start", ["type"] = "CentralPay.InvoiceImported", ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true } },
                new JsonObject { ["id"] = pause, ["type"] = "Elsa.Delay", ["timeSpan"] = timeSpan.DeepClone() }),
            ["connections"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["activity"] = "start", ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = pause, ["port"] = "In" } }),
        },
    };
}
