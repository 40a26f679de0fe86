using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class ScenarioApiTests(House house)
{
    [Fact]
    public async Task What_keeps_a_scenario_from_being_published_names_its_inputs_in_the_callers_language()
    {
        const string Id = "asks-for-nothing";
        var saved = await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Id}/draft", new
        {
            revision = 0,
            definition = new
            {
                definitionId = Id,
                name = Id,
                root = new
                {
                    id = "flow",
                    type = "Elsa.Flowchart",
                    activities = new object[] { new { id = "start", type = "CentralPay.InvoiceImported", customProperties = new { canStartWorkflow = true } }, new { id = "ask", type = "Elsa.RunTask" } },
                    connections = new[] { new { source = new { activity = "start", port = "Done" }, target = new { activity = "ask", port = "In" } } },
                },
            },
        });
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        using var publish = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/scenarios/{Id}/publish") { Content = JsonContent.Create(new { revision = (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt64() }) };
        publish.Headers.AcceptLanguage.ParseAdd("fr");

        var refused = await house.Api.SendAsync(publish);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var messages = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString()).ToArray();
        Assert.Contains("« Tâche » est nécessaire.", messages.Select(message => message!.Replace('\u00A0', ' ')));
    }

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
    public async Task A_draft_of_another_scenario_than_the_address_names_is_refused_as_that()
    {
        var answer = await house.Api.PutAsJsonAsync("/api/v1/scenarios/one/draft", new { revision = 0, definition = new { definitionId = "another", name = "Another" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = Assert.Single((await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsArray())!;
        Assert.Equal(("definition.definitionId", "scenario-id-differs"), ((string?)error["field"], (string?)error["code"]));
    }

    [Theory]
    [InlineData("named-fine", "", "name", "required")]
    [InlineData("named-fine", "   ", "name", "required")]
    [InlineData("named-fine", "Card 4556 5579 5572 6624", "name", "card-number")]
    [InlineData("named-fine", "*5000", "name", "too-long")]
    [InlineData("weird..id", "Fine", "definitionId", "scenario-id-invalid")]
    [InlineData("*300", "Fine", "definitionId", "scenario-id-invalid")]
    public async Task A_scenario_that_comes_by_the_api_is_named_as_one_that_is_drawn(string id, string name, string field, string code)
    {
        var definition = Named(Times(id), Times(name));

        Assert.Equal((field, code), await RefusedAsync(await house.Api.PostAsJsonAsync("/api/v1/scenarios/import", definition)));
        Assert.Equal(($"definition.{field}", code), await RefusedAsync(await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Uri.EscapeDataString(Times(id))}/draft", new { revision = 0, definition })));

        static string Times(string text) => text.StartsWith('*') ? new string('x', int.Parse(text[1..], System.Globalization.CultureInfo.InvariantCulture)) : text;
    }

    [Fact]
    public async Task A_note_of_very_many_blanks_is_too_long_and_one_of_few_is_none()
    {
        const string Id = "noted-with-blanks";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var saved = await SentAsync(HttpMethod.Put, $"{Id}/draft", new { revision = await RevisionAsync(), definition = (await house.Api.GetFromJsonAsync<JsonObject>($"/api/v1/scenarios/{Id}"))!["definition"] });
        var revision = saved["revision"]!.GetValue<long>();

        Assert.Equal(("note", "too-long"), await RefusedAsync(await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/publish", new { revision, note = new string(' ', 2000) })));
        Assert.Null((await SentAsync(HttpMethod.Post, $"{Id}/publish", new { revision, note = "   " }))["note"]);

        async Task<long> RevisionAsync() => (await house.Api.GetFromJsonAsync<JsonObject>($"/api/v1/scenarios/{Id}"))!["scenario"]!["revision"]!.GetValue<long>();
    }

    [Theory]
    [InlineData("5f1c7a52e9f14b0f")]
    [InlineData("0B9F2A52-7c1e-4a7e-9a58-2f6f5c8a6d11")]
    [InlineData("Order_process-2")]
    public async Task A_scenario_drawn_elsewhere_keeps_its_identity(string id) =>
        Assert.Equal(HttpStatusCode.Created, (await house.Api.PostAsJsonAsync("/api/v1/scenarios/import", Named(id, "Drawn elsewhere"))).StatusCode);

    [Fact]
    public async Task A_scenario_kept_under_an_odd_identity_and_name_can_still_be_saved_but_not_renamed_to_another_odd_one()
    {
        const string Id = "kept: before the rule";
        const string Name = "Card 4556 5579 5572 6624";
        await using (var scope = house.Open())
        {
            await scope.Services.GetRequiredService<ScenarioLibrary>().ImportAsync(Named(Id, Name).ToJsonString(), "anna");
        }

        var path = $"/api/v1/scenarios/{Uri.EscapeDataString(Id)}";
        var kept = (await house.Api.GetFromJsonAsync<JsonObject>(path))!;
        var revision = kept["scenario"]!["revision"]!.GetValue<long>();

        Assert.Equal(("definition.name", "card-number"), await RefusedAsync(await house.Api.PutAsJsonAsync($"{path}/draft", new { revision, definition = Named(Id, Name + "!") })));
        Assert.Equal(HttpStatusCode.OK, (await house.Api.PutAsJsonAsync($"{path}/draft", new { revision, definition = kept["definition"] })).StatusCode);
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

    [Fact]
    public async Task A_version_is_compared_published_brought_back_and_taken_out_of_service_each_by_revision()
    {
        const string Id = "versions-by-api";
        var definition = (await house.Api.GetFromJsonAsync<JsonObject>("/api/v1/scenarios/soft-dunning"))!["definition"]!.DeepClone();
        definition["definitionId"] = Id;
        var first = await SentAsync(HttpMethod.Put, $"{Id}/draft", new { revision = 0, definition });
        first = await SentAsync(HttpMethod.Post, $"{Id}/publish", new { revision = first["revision"]!.GetValue<long>(), note = "First" });
        StepOf(definition, "wait-first")["timeLimit"]!["expression"]!["value"] = "P10D";
        var second = await SentAsync(HttpMethod.Put, $"{Id}/draft", new { revision = first["revision"]!.GetValue<long>(), definition });

        var diff = (await house.Api.GetFromJsonAsync<JsonObject>($"/api/v1/scenarios/{Id}/diff"))!;
        Assert.Equal((1, 2, true), (diff["from"]!.GetValue<int>(), diff["to"]!.GetValue<int>(), diff["changesWhatHappens"]!.GetValue<bool>()));
        Assert.Equal("Wait for payment (1 of 3): time limit 7 days → 10 days", Assert.Single(diff["sentences"]!.AsArray())!.GetValue<string>());
        var change = Assert.Single(diff["changes"]!.AsArray())!;
        Assert.Equal(("setting_changed", "wait-first", "timeLimit"), (change["kind"]!.GetValue<string>(), change["stepId"]!.GetValue<string>(), change["name"]!.GetValue<string>()));

        var stale = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/revert/1", new { revision = second["revision"]!.GetValue<long>() + 1 });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var back = await SentAsync(HttpMethod.Post, $"{Id}/revert/1", new { revision = second["revision"]!.GetValue<long>() });
        Assert.Equal((3, false), (back["version"]!.GetValue<int>(), back["isPublished"]!.GetValue<bool>()));
        Assert.False((await house.Api.GetFromJsonAsync<JsonObject>($"/api/v1/scenarios/{Id}/diff?from=1&to=3"))!["changesWhatHappens"]!.GetValue<bool>());

        var published = (await house.Api.GetFromJsonAsync<JsonObject>($"/api/v1/scenarios/{Id}?version=1"))!["scenario"]!["revision"]!.GetValue<long>();
        Assert.Equal(HttpStatusCode.Conflict, (await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/retract", new { revision = published + 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/retract", new { })).StatusCode);
        Assert.False((await SentAsync(HttpMethod.Post, $"{Id}/retract", new { revision = published }))["isPublished"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NotFound, (await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/retract", new { revision = published + 1 })).StatusCode);
        Assert.Equal(
            ["scenario.saved", "scenario.published", "scenario.saved", "scenario.reverted", "scenario.retracted"],
            (await EntriesAsync($"scenario:{Id}")).OrderBy(entry => entry.At).ThenBy(entry => entry.Id).Select(entry => entry.Action));
    }

    [Fact]
    public async Task An_import_repeated_under_its_key_makes_no_second_draft()
    {
        const string Id = "imported-once";
        const string Definition = $$$"""{"definitionId":"{{{Id}}}","name":"Imported once","root":{"id":"r","type":"Elsa.Flowchart","activities":[],"connections":[]}}""";

        var first = await ImportAsync();
        var again = await ImportAsync();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(1, (await house.GetAsync($"/api/v1/scenarios/{Id}/versions")).GetProperty("data").GetArrayLength());

        Task<HttpResponseMessage> ImportAsync()
        {
            var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios/import") { Content = new StringContent(Definition, System.Text.Encoding.UTF8, "application/json") };
            call.Headers.Add("Idempotency-Key", "import-once");
            return house.Api.SendAsync(call);
        }
    }

    [Fact]
    public async Task An_import_reports_what_cannot_run_is_exported_as_it_came_and_is_not_published()
    {
        const string Id = "from-elsewhere";
        const string Foreign = """
            {"definitionId":"from-elsewhere","name":"From elsewhere","customProperties":{"rate":1.0,"none":null},"root":{"id":"r","type":"Elsa.Flowchart","activities":[
            {"id":"start","type":"Elsa.Event","customProperties":{"canStartWorkflow":true},"eventName":"Start"},{"id":"bank","type":"Acme.Bank","name":"Call the bank","amount":12.50}],
            "connections":[{"source":"start","target":"bank"}]}}
            """;
        var answer = await house.Api.PostAsync("/api/v1/scenarios/import", new StringContent(Foreign, System.Text.Encoding.UTF8, "application/json"));

        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var imported = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((2, 1, 0), (imported["steps"]!.GetValue<int>(), imported["connections"]!.GetValue<int>(), imported["variables"]!.GetValue<int>()));
        var cannot = Assert.Single(imported["findings"]!.AsArray(), finding => finding!["consequence"]!.GetValue<string>() == "cannot_run")!;
        Assert.Equal(("bank", "Call the bank: needs “Acme.Bank”, which is not installed here"), (cannot["stepId"]!.GetValue<string>(), cannot["message"]!.GetValue<string>()));

        var exported = await house.Api.GetStringAsync($"/api/v1/scenarios/{Id}/export");
        Assert.Contains("\"rate\": 1.0", exported, StringComparison.Ordinal);
        Assert.Contains("\"amount\": 12.50", exported, StringComparison.Ordinal);
        Assert.Contains("\"source\": \"start\"", exported, StringComparison.Ordinal);

        var refused = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/publish", new { revision = imported["scenario"]!["revision"]!.GetValue<long>() });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsArray();
        Assert.Contains(errors, error => error!["field"]!.GetValue<string>() == "definition.bank" && error["message"]!.GetValue<string>() == "“Acme.Bank” is not installed here.");
        Assert.Equal("scenario.imported", Assert.Single(await EntriesAsync($"scenario:{Id}")).Action);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Stranger.GetAsync($"/api/v1/scenarios/{Id}/diff?from=1&to=1")).StatusCode);
    }

    [Fact]
    public async Task An_identity_that_is_a_path_is_refused() =>
        Assert.Equal(("definitionId", "scenario-id-invalid"), await RefusedAsync(await house.Api.PostAsJsonAsync("/api/v1/scenarios/import", Named("weird/../id", "Fine"))));

    private async Task<JsonObject> SentAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/scenarios/{path}") { Content = JsonContent.Create(body) };
        var answer = await house.Api.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static JsonNode StepOf(JsonNode definition, string id) => definition["root"]!["activities"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == id)!;

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(string subject)
    {
        await using var scope = house.Open();
        return await scope.Records.ListAsync<AuditEntry>(row => row.Subject == subject);
    }

    private static JsonObject Named(string id, string name) => new()
    {
        ["definitionId"] = id,
        ["name"] = name,
        ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["activities"] = new JsonArray(), ["connections"] = new JsonArray() },
    };

    private static async Task<(string? Field, string? Code)> RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = Assert.Single((await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsArray())!;
        return ((string?)error["field"], (string?)error["code"]);
    }
}
