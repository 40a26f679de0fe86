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

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(string subject)
    {
        await using var scope = house.Open();
        return await scope.Records.ListAsync<AuditEntry>(row => row.Subject == subject);
    }
}
