using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>Incidents are decided by the API: one by one, with other values, and all of a cause.</summary>
[Collection(HouseCollection.Name)]
public sealed class IncidentApiTests(House house)
{
    [Fact]
    public async Task A_failed_step_is_tried_again_with_the_value_given_for_its_input()
    {
        const string Id = "failing-once";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Formula("input.nothing"));
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "FAIL-1");
        var incident = Assert.Single(await IncidentsAsync(caseId));

        Assert.Equal(("inputs.timeSpan", "value-of-another-kind"), await RefusedAsync(incident, new { inputs = new { timeSpan = "soon" } }));
        Assert.Equal(("inputs", "required"), await RefusedAsync(incident, new { input = new { timeSpan = "P2D" } }));
        Assert.Equal(("inputs.span", "input-unknown"), await RefusedAsync(incident, new { inputs = new { span = "P2D" } }));
        var skipped = await house.Api.PostAsync($"/api/v1/incidents/{incident}/skip?outcome=Paid", null);
        Assert.Contains("outcome-unknown", await skipped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("incident-stops-case", await (await house.Api.PostAsync($"/api/v1/incidents/{incident}/close", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await house.Api.PostAsJsonAsync($"/api/v1/incidents/{incident}/retry-with", new { inputs = new { timeSpan = "P2D" } })).StatusCode);
        await house.SettleAsync();

        var waiting = (await house.GetAsync($"/api/v1/cases/{caseId}")).GetProperty("case");
        Assert.Equal(("suspended", "pause"), (waiting.GetProperty("subStatus").GetString(), waiting.GetProperty("waitingStep").GetString()));
        var again = await house.Api.PostAsync($"/api/v1/incidents/{incident}/retry", null);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("incident-decided", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_causes_are_listed_with_counts_and_money_and_decided_at_once()
    {
        const string Id = "failing-often";
        await SmallScenario.PublishAsync(house, Id, "halt", SmallScenario.Formula("input.missing"));
        Guid[] cases = [await SmallScenario.InvoiceAsync(house, Id, "OFTEN-1"), await SmallScenario.InvoiceAsync(house, Id, "OFTEN-2")];

        var cause = Assert.Single((await house.GetAsync("/api/v1/incidents/causes")).GetProperty("data").EnumerateArray(), each => each.GetProperty("step").GetString() == "halt");
        Assert.Equal((2, 24000, "data"), (cause.GetProperty("incidents").GetInt32(), cause.GetProperty("openMinor").GetInt64(), cause.GetProperty("kind").GetString()));

        var order = new { cause = cause.GetProperty("cause").GetString(), kind = "data", scenarioId = Id, step = "halt", decision = "cancel" };
        Assert.Equal(Id, cause.GetProperty("scenarioId").GetString());
        Assert.Equal(0, await DecidedAsync(order with { scenarioId = "failing-once" }));
        Assert.Equal(2, await DecidedAsync(order, "decide-often"));
        Assert.Equal(2, await DecidedAsync(order, "decide-often"));
        Assert.Equal(0, await DecidedAsync(order));
        await using var scope = house.Open();
        var entry = Assert.Single(await scope.Records.ListAsync<AuditEntry>(row => row.Action == "incident.case-cancelled"));
        Assert.Contains("\"incidents\":2", entry.DetailsJson, StringComparison.Ordinal);
        await house.SettleAsync();
        foreach (var one in cases)
        {
            Assert.Equal("cancelled", (await house.GetAsync($"/api/v1/cases/{one}")).GetProperty("case").GetProperty("subStatus").GetString());
        }
    }

    [Fact]
    public async Task Open_incidents_are_listed_page_by_page()
    {
        const string Id = "failing-thrice";
        await SmallScenario.PublishAsync(house, Id, "stop", SmallScenario.Formula("input.absent"));
        Guid[] cases = [await SmallScenario.InvoiceAsync(house, Id, "PAGE-1"), await SmallScenario.InvoiceAsync(house, Id, "PAGE-2"), await SmallScenario.InvoiceAsync(house, Id, "PAGE-3")];
        var all = new List<Guid?>();

        string? cursor = null;
        do
        {
            var page = await house.GetAsync($"/api/v1/incidents?limit=2&cursor={cursor}");
            all.AddRange(page.GetProperty("data").EnumerateArray().Select(incident => incident.GetProperty("caseId").ValueKind == JsonValueKind.Null ? (Guid?)null : incident.GetProperty("caseId").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(cases.Reverse(), all.OfType<Guid>().Where(cases.Contains));
    }

    private async Task<Guid[]> IncidentsAsync(Guid caseId) =>
        [.. (await house.GetAsync($"/api/v1/incidents?caseId={caseId}")).GetProperty("data").EnumerateArray().Select(incident => incident.GetProperty("id").GetGuid())];

    private async Task<(string? Field, string? Code)> RefusedAsync(Guid incident, object body)
    {
        var answer = await house.Api.PostAsJsonAsync($"/api/v1/incidents/{incident}/retry-with", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        return (error.GetProperty("field").GetString(), error.GetProperty("code").GetString());
    }

    private async Task<int> DecidedAsync(object order, string? key = null)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents/causes/decide") { Content = JsonContent.Create(order) };
        if (key is not null)
        {
            call.Headers.Add("Idempotency-Key", key);
        }

        var answer = await house.Api.SendAsync(call);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("decided").GetInt32();
    }
}
