using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>Cases are started, found, paused and corrected by the API.</summary>
[Collection(HouseCollection.Name)]
public sealed class CaseApiTests(House house)
{
    [Fact]
    public async Task A_case_is_started_once_under_a_key_and_found_by_its_reference()
    {
        const string Id = "started-by-api";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var (invoice, _) = await house.InvoiceAsync("START-1");
        var order = new { scenarioId = Id, invoiceId = invoice.GetProperty("id").GetGuid() };
        var started = await StartAsync("order-7", order);
        Assert.Equal(started, await StartAsync("order-7", order));
        await house.SettleAsync();

        var found = (await house.GetAsync($"/api/v1/cases?reference=START-1&scenario={Id}")).GetProperty("data");
        Assert.Equal((1, started, "pause"), (found.GetArrayLength(), found[0].GetProperty("id").GetGuid(), found[0].GetProperty("waitingStep").GetString()));
        var refused = await house.Api.PostAsJsonAsync("/api/v1/cases", new { scenarioId = "nowhere" });
        Assert.Equal(("scenarioId", "scenario-not-published"), await ErrorAsync(refused));
    }

    [Fact]
    public async Task An_invoice_has_one_running_case_of_a_scenario_and_a_second_one_is_refused_by_its_name()
    {
        const string Id = "one-case-only";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var (invoice, _) = await house.InvoiceAsync("ONE-1");
        var order = new { scenarioId = Id, invoiceId = invoice.GetProperty("id").GetGuid() };
        var first = await StartAsync("one-case-1", order);
        await house.SettleAsync();

        var refused = await house.Api.PostAsJsonAsync("/api/v1/cases", order);

        Assert.Contains(first.ToString(), await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("invoiceId", "case-runs-already"), await ErrorAsync(refused));
        Assert.Equal(first, await StartAsync("one-case-1", order));
        Assert.Equal(1, (await house.GetAsync($"/api/v1/cases?scenario={Id}")).GetProperty("data").GetArrayLength());

        await house.Api.PostAsync($"/api/v1/cases/{first}/terminate", null);
        Assert.NotEqual(first, await StartAsync("one-case-2", order));
    }

    [Fact]
    public async Task A_paused_cases_planned_reminder_waits_until_the_case_goes_on()
    {
        var (invoice, _) = await house.InvoiceAsync("PAUSE-REMINDER");
        var invoiceId = invoice.GetProperty("id").GetGuid();
        var caseId = (await house.GetAsync($"/api/v1/cases?invoiceId={invoiceId}")).GetProperty("data")[0].GetProperty("id").GetGuid();
        Assert.Equal("planned", await MessageAsync(invoiceId));

        await house.Api.PostAsync($"/api/v1/cases/{caseId}/pause", null);
        await house.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal("planned", await MessageAsync(invoiceId));

        await house.Api.PostAsync($"/api/v1/cases/{caseId}/continue", null);
        await house.SettleAsync();
        await house.LaterAsync(TimeSpan.FromDays(1));
        Assert.Equal("sent", await MessageAsync(invoiceId));
    }

    private async Task<string?> MessageAsync(Guid invoiceId)
    {
        await using var scope = house.Open();
        return (await scope.Records.ListAsync<Message>(message => message.InvoiceId == invoiceId && message.Template == "reminder.first")).SingleOrDefault()?.Status.ToString().ToLowerInvariant();
    }

    [Fact]
    public async Task Of_starts_for_one_invoice_at_the_same_moment_under_different_keys_one_begins_a_case()
    {
        const string Id = "one-of-many";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var (invoice, _) = await house.InvoiceAsync("MANY-1");
        var order = new { scenarioId = Id, invoiceId = invoice.GetProperty("id").GetGuid() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases") { Content = JsonContent.Create(order) };
            if (number > 0)
            {
                call.Headers.Add("Idempotency-Key", $"many-{number}");
            }

            return await house.Api.SendAsync(call);
        }));
        await house.SettleAsync();

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(1, (await house.GetAsync($"/api/v1/cases?scenario={Id}")).GetProperty("data").GetArrayLength());
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted))
        {
            Assert.Equal(("invoiceId", "case-runs-already"), await ErrorAsync(refused));
        }
    }

    [Fact]
    public async Task A_case_is_not_started_about_a_customer_that_nobody_is() =>
        Assert.Equal(("customerId", "customer-unknown"), await ErrorAsync(await house.Api.PostAsJsonAsync("/api/v1/cases", new { scenarioId = "soft-dunning", customerId = Guid.CreateVersion7() })));

    [Fact]
    public async Task Cases_are_found_by_the_amount_of_their_invoice()
    {
        var (invoice, _) = await house.InvoiceAsync("AMOUNT-1", 123457);

        var found = (await house.GetAsync("/api/v1/cases?amountMinor=123457")).GetProperty("data");

        Assert.Equal("AMOUNT-1", Assert.Single(found.EnumerateArray()).GetProperty("reference").GetString());
        Assert.Equal(0, (await house.GetAsync("/api/v1/cases?amountMinor=123458")).GetProperty("data").GetArrayLength());
        Assert.Equal(0, (await house.GetAsync($"/api/v1/cases?invoiceId={invoice.GetProperty("id").GetGuid()}&reference=OTHER")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task The_list_of_cases_is_searched_by_number_amount_and_customer()
    {
        await house.InvoiceAsync("SEARCH-1", 234571, "seeker@example.test");
        await using var scope = house.Open();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        try
        {
            foreach (var text in new[] { "search-1", "ARCH-1", "2,345.71", "Seeker@example" })
            {
                var query = await new CaseFilter(null, null, text).QueryAsync(scope.Records, default);

                Assert.Equal("SEARCH-1", Assert.Single(await scope.Services.GetRequiredService<ICaseStore>().QueryAsync(query)).Reference);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_paused_case_keeps_its_time_until_it_goes_on()
    {
        const string Id = "paused-by-api";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "PAUSE-1");

        Assert.Equal(HttpStatusCode.Accepted, (await house.Api.PostAsync($"/api/v1/cases/{caseId}/pause", null)).StatusCode);
        Assert.Equal(("id", "case-cannot-pause"), await ErrorAsync(await house.Api.PostAsync($"/api/v1/cases/{caseId}/pause", null)));
        await house.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal("paused", await SubStatusAsync(caseId));
        Assert.Equal(HttpStatusCode.Accepted, (await house.Api.PostAsync($"/api/v1/cases/{caseId}/continue", null)).StatusCode);
        await house.SettleAsync();

        Assert.Equal("finished", await SubStatusAsync(caseId));
        Assert.Equal(("id", "case-cannot-continue"), await ErrorAsync(await house.Api.PostAsync($"/api/v1/cases/{caseId}/continue", null)));
    }

    [Fact]
    public async Task A_terminated_case_has_ended_when_the_call_answers_and_nothing_of_it_happens_later()
    {
        const string Id = "terminated-by-api";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"));
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "END-1");

        Assert.Equal(HttpStatusCode.Accepted, (await house.Api.PostAsync($"/api/v1/cases/{caseId}/terminate", null)).StatusCode);

        Assert.Equal("terminated", await SubStatusAsync(caseId));
        Assert.Equal(("id", "case-ended"), await ErrorAsync(await house.Api.PostAsync($"/api/v1/cases/{caseId}/terminate", null)));
        Assert.Equal(("id", "case-ended"), await ErrorAsync(await house.Api.PostAsync($"/api/v1/cases/{caseId}/cancel", null)));
        Assert.Equal(("id", "case-ended"), await ErrorAsync(await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Count", new { value = 7, reason = "Miscounted." })));
        await house.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal("terminated", await SubStatusAsync(caseId));
    }

    [Fact]
    public async Task A_variable_is_changed_with_a_reason_and_refused_without_one_or_with_another_kind_of_value()
    {
        const string Id = "counted-by-api";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"), new { id = "v1", name = "Count", typeName = "Int32", value = "3" });
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "COUNT-1");

        Assert.Equal(("reason", "required"), await ErrorAsync(await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Count", new { value = 7 })));
        Assert.Equal(("value", "required"), await ErrorAsync(await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Count", new { val = 7, reason = "Miscounted." })));
        Assert.Equal(("value", "value-of-another-kind"), await ErrorAsync(await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Count", new { value = "many", reason = "Miscounted." })));
        Assert.Equal(("name", "variable-unknown"), await ErrorAsync(await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Counts", new { value = 7, reason = "Miscounted." })));
        Assert.Equal(HttpStatusCode.NoContent, (await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Count", new { value = 7, reason = "Miscounted." })).StatusCode);

        var variable = Assert.Single((await house.GetAsync($"/api/v1/cases/{caseId}/variables")).GetProperty("data").EnumerateArray());
        Assert.Equal(("Count", "Int32", 7), (variable.GetProperty("name").GetString(), variable.GetProperty("type").GetString(), variable.GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task A_card_number_is_refused_as_a_value_of_a_case_wherever_it_hides()
    {
        const string Id = "noted-by-api";
        await SmallScenario.PublishAsync(house, Id, "pause", SmallScenario.Literal("P1D"), new { id = "v1", name = "Note", typeName = "Object", value = "none" });
        var caseId = await SmallScenario.InvoiceAsync(house, Id, "CARD-1");

        foreach (object value in new object[] { "Paid by 4556 5579 5572 6624", 4556557955726624, new { cards = new[] { "4556557955726624" } } })
        {
            var answer = await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Note", new { value, reason = "Asked on the telephone." });
            Assert.Equal(("value", "card-number"), await ErrorAsync(answer));
        }

        var allowed = await house.Api.PutAsJsonAsync($"/api/v1/cases/{caseId}/variables/Note", new { value = "FR76 3000 6000 0112 3456 7890 189", reason = "Asked on the telephone." });
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
    }

    private async Task<Guid> StartAsync(string key, object body)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases") { Content = JsonContent.Create(body) };
        call.Headers.Add("Idempotency-Key", key);
        var answer = await house.Api.SendAsync(call);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task<string?> SubStatusAsync(Guid caseId) => (await house.GetAsync($"/api/v1/cases/{caseId}")).GetProperty("case").GetProperty("subStatus").GetString();

    private static async Task<(string? Field, string? Code)> ErrorAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        return (error.GetProperty("field").GetString(), error.GetProperty("code").GetString());
    }
}
