using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class SimulationApiTests(House house)
{
    private const string Path = "/api/v1/scenarios/soft-dunning/simulate";

    [Fact]
    public async Task A_made_up_invoice_gets_its_timeline_in_the_callers_language_and_nothing_is_asked_of_the_outside()
    {
        var answer = await SimulateAsync("fr", new { invoices = new[] { MadeUp() }, payers = new { paysAfterDays = 10 } });

        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var only = Assert.Single(body.GetProperty("cases").EnumerateArray());
        Assert.Equal("paid", only.GetProperty("ending").GetString());
        var timeline = only.GetProperty("timeline").EnumerateArray().ToList();
        Assert.Contains(timeline, moment => moment.GetProperty("what").GetString() == "payment.received" && moment.GetProperty("sentence").GetString()!.Contains("Paiement", StringComparison.Ordinal));
        Assert.Contains(timeline, moment => moment.GetProperty("kind").GetString() == "decided" && moment.GetProperty("outcome").GetString() == "Time limit");
        Assert.Equal(2, body.GetProperty("totals").GetProperty("messages").GetProperty("Email").GetInt32());
        Assert.Equal((0, 0), await RowsOfAsync(only.GetProperty("invoiceId").GetGuid()));
    }

    [Fact]
    public async Task What_is_wrong_with_the_question_is_told_by_field()
    {
        var answer = await SimulateAsync("en", new { invoices = new[] { MadeUp() }, payers = new { paidPercent = 0, debitReasons = new[] { "XX99" } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
        Assert.Equal(["payers.debitReasons", "payers.paidPercent"], errors.Order());
    }

    [Fact]
    public async Task A_made_up_invoice_without_dates_is_refused_by_field()
    {
        var answer = await SimulateAsync("en", new { invoices = new[] { new { amountMinor = 12_000 } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
        Assert.Equal(["invoices[0].issueDate", "invoices[0].dueDate"], errors);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_is_called_that_and_made_up_invoices_beside_past_ones_are_refused()
    {
        var answer = await SimulateAsync("en", new { past = new { from = "2026-03-01", to = "2026-02-01" }, invoices = new[] { MadeUp() } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray();
        Assert.Equal([("past.to", "period-ends-first"), ("invoices", "past-or-made-up")], errors.Select(error => (error.GetProperty("field").GetString()!, error.GetProperty("code").GetString()!)));
    }

    [Fact]
    public async Task Who_asks_while_as_many_run_as_may_is_told_to_come_back()
    {
        var gate = house.Services.GetRequiredService<SimulationGate>();
        var others = Enumerable.Range(0, SimulationGate.MostAtOnce).Select(_ => gate.Enter(Guid.CreateVersion7())).ToList();

        var answer = await SimulateAsync("fr", new { invoices = new[] { MadeUp() } });
        others.ForEach(other => other.Dispose());

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("simulation-busy", "Une autre simulation est en cours"), (problem.GetProperty("code").GetString(), problem.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Problems_that_keep_a_draft_from_being_published_keep_it_from_being_simulated()
    {
        const string Id = "soft-dunning-broken";
        var definition = (await house.Api.GetFromJsonAsync<JsonObject>("/api/v1/scenarios/soft-dunning"))!["definition"]!.DeepClone();
        definition["definitionId"] = Id;
        definition["root"]!["activities"]![1]!["type"] = "CentralPay.SendCarrierPigeon";
        (await house.Api.PutAsJsonAsync($"/api/v1/scenarios/{Id}/draft", new { revision = 0, definition })).EnsureSuccessStatusCode();

        var simulated = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/simulate", new { invoices = new[] { MadeUp() } });
        var published = await house.Api.PostAsJsonAsync($"/api/v1/scenarios/{Id}/publish", new { revision = 1 });

        Assert.Equal(HttpStatusCode.BadRequest, simulated.StatusCode);
        Assert.Equal(await ErrorsAsync(published), await ErrorsAsync(simulated));
    }

    [Fact]
    public async Task A_scenario_that_is_not_there_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await house.Api.PostAsJsonAsync("/api/v1/scenarios/none/simulate", new { invoices = new[] { MadeUp() } })).StatusCode);

    private static object MadeUp() => new { amountMinor = 12_000, issueDate = "2026-03-02", dueDate = "2026-04-01" };

    private async Task<HttpResponseMessage> SimulateAsync(string language, object asked)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(asked) };
        call.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return await house.Api.SendAsync(call);
    }

    private async Task<(int Invoices, int Effects)> RowsOfAsync(Guid invoiceId)
    {
        await using var scope = house.Open();
        return (await scope.Records.CountAsync<Invoice>(invoice => invoice.Id == invoiceId), await scope.Records.CountAsync<Effect>(effect => effect.InvoiceId == invoiceId));
    }

    private static async Task<string> ErrorsAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetRawText();
}
