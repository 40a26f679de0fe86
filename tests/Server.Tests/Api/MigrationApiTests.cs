using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>Running cases are moved to another version by the API: looked at, tried, then done.</summary>
[Collection(HouseCollection.Name)]
public sealed class MigrationApiTests(House house)
{
    private const string Id = "moving-by-api";

    [Fact]
    public async Task Running_cases_are_previewed_tried_and_moved_and_the_audit_says_who_and_why()
    {
        Assert.Equal(1, await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P30D")));
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "MOVE-1");
        Assert.Equal(2, await SmallScenario.PublishAsync(house, Id, "rest", SmallScenario.Literal("P30D")));
        var steps = new Dictionary<string, string> { ["pause"] = "rest" };

        var unmapped = await PostAsync("?preview=true", new { from = 1 }, HttpStatusCode.OK);
        Assert.Equal((0, 1, "step_is_gone"), (unmapped.GetProperty("moves").GetInt32(), unmapped.GetProperty("stays").GetInt32(), unmapped.GetProperty("steps")[0].GetProperty("reasons")[0].GetProperty("reason").GetString()));
        Assert.Contains("rest", unmapped.GetProperty("steps")[0].GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetString()));
        var preview = await PostAsync("?preview=true", new { from = 1, steps }, HttpStatusCode.OK);
        Assert.Equal((1, 0, 2), (preview.GetProperty("moves").GetInt32(), preview.GetProperty("stays").GetInt32(), preview.GetProperty("to").GetInt32()));
        var tried = await PostAsync("?dryRun=true&limit=10", new { from = 1, steps }, HttpStatusCode.OK);
        Assert.Equal((caseId, true, "rest"), (tried.GetProperty("data")[0].GetProperty("caseId").GetGuid(), tried.GetProperty("data")[0].GetProperty("moves").GetBoolean(), tried.GetProperty("data")[0].GetProperty("target").GetString()));
        Assert.Equal(1, await VersionAsync(caseId));

        var begun = await PostAsync("", new { from = 1, steps, reason = "Shorter names." }, HttpStatusCode.Accepted);
        await house.SettleAsync();
        var done = await house.GetAsync($"/api/v1/scenarios/{Id}/migrations/{begun.GetProperty("id").GetGuid()}");

        Assert.Equal((1, 1, 0), (done.GetProperty("total").GetInt32(), done.GetProperty("moved").GetInt32(), done.GetProperty("stayed").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, done.GetProperty("endedAt").ValueKind);
        Assert.Equal(2, await VersionAsync(caseId));
        Assert.Equal(begun.GetProperty("id").GetGuid(), (await house.GetAsync($"/api/v1/scenarios/{Id}/migrations")).GetProperty("data")[0].GetProperty("id").GetGuid());
        await using var scope = house.Open();
        var entry = Assert.Single(await scope.Records.ListAsync<AuditEntry>(row => row.Subject == $"scenario:{Id}" && row.Action == "cases.migrated"));
        Assert.Contains("Shorter names.", entry.DetailsJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"steps":{}}""", "from", "required")]
    [InlineData("""{"from":1,"reason":""}""", "reason", "required")]
    [InlineData("""{"from":2,"reason":"x"}""", "to", "version-is-the-same")]
    [InlineData("""{"from":1,"steps":{"nowhere":"rest"},"reason":"x"}""", "steps.nowhere", "step-unknown")]
    [InlineData("""{"from":1,"steps":{"start":"nowhere"},"reason":"x"}""", "steps.start", "step-unknown")]
    public async Task An_order_that_cannot_be_meant_is_refused_by_field_and_rule(string body, string field, string rule)
    {
        const string Wrong = "moving-wrongly";
        for (var version = (await house.Api.GetAsync($"/api/v1/scenarios/{Wrong}")).StatusCode == HttpStatusCode.NotFound ? 0 : 2; version < 2; version++)
        {
            await SmallScenario.PublishAsync(house, Wrong, "rest", SmallScenario.Literal("P1D"));
        }

        var answer = await house.Api.PostAsync($"/api/v1/scenarios/{Wrong}/migrations", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal((field, rule), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Whoever_may_not_draw_scenarios_moves_no_case()
    {
        using var agent = house.WithKey(await house.IssueKeyAsync(house.MerchantId, [Permissions.Read, Permissions.WorkTasks]));

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsJsonAsync("/api/v1/scenarios/soft-dunning/migrations?preview=true", new { from = 1 })).StatusCode);
    }

    private async Task<JsonElement> PostAsync(string query, object body, HttpStatusCode expected)
    {
        var answer = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/migrations{query}", body);
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<int> VersionAsync(Guid caseId) => (await house.GetAsync($"/api/v1/cases/{caseId}")).GetProperty("case").GetProperty("version").GetInt32();
}
