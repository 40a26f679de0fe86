using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class TemplateApiTests(House house)
{
    private const string Receipt = "/api/v1/templates/receipt.paid/sms/it";

    [Fact]
    public async Task A_text_is_read_previewed_saved_and_taken_back()
    {
        var before = await house.GetAsync(Receipt);
        Assert.False(before.GetProperty("isOwn").GetBoolean());

        var preview = await (await house.Api.PostAsJsonAsync(Receipt + "/preview", new { text = "Grazie! {{invoice.number}}" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("Grazie! ", preview.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("gsm7", preview.GetProperty("smsEncoding").GetString());

        var saved = await house.Api.PutAsJsonAsync(Receipt, new { text = "Grazie! {{invoice.number}}", version = before.GetProperty("version").GetInt32() });
        Assert.True(saved.StatusCode == HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        var version = (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32();
        Assert.Equal(HttpStatusCode.Conflict, (await house.Api.PutAsJsonAsync(Receipt, new { text = "Altro", version = version - 1 })).StatusCode);
        Assert.Contains((await house.GetAsync("/api/v1/templates")).GetProperty("data").EnumerateArray(), text => text.GetProperty("language").GetString() == "it" && text.GetProperty("isOwn").GetBoolean());

        var back = await house.Api.DeleteAsync($"{Receipt}?version={version}");
        Assert.False((await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("isOwn").GetBoolean());
    }

    [Fact]
    public async Task A_broken_text_is_refused_with_field_line_and_suggestion()
    {
        var answer = await house.Api.PutAsJsonAsync("/api/v1/templates/reminder.first/email/fr", new { subject = "Facture", html = "<p>Bonjour</p>\n{{invoice.nubmer}}", version = 0 });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal(("html", "template-tag-unknown"), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal("Line 2: there is no tag {{invoice.nubmer}}. Did you mean {{invoice.number}}?", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/api/v1/templates/none/email/fr")]
    [InlineData("/api/v1/templates/reminder.first/json/fr")]
    [InlineData("/api/v1/templates/reminder.first/fax/fr")]
    [InlineData("/api/v1/templates/reminder.first/email/xx")]
    public async Task What_there_is_not_is_named(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await house.Api.GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_contact_policy_is_saved_over_the_revision_that_was_shown()
    {
        var policy = await house.GetAsync("/api/v1/contact-policy");
        object With(int hours, long revision) => new
        {
            quietFromHour = policy.GetProperty("quietFromHour").GetInt32(),
            quietUntilHour = policy.GetProperty("quietUntilHour").GetInt32(),
            minimumHoursBetweenContacts = hours,
            gatherMinutes = policy.GetProperty("gatherMinutes").GetInt32(),
            channelFallback = true,
            revision,
        };

        var revision = policy.GetProperty("revision").GetInt64();
        Assert.Equal(HttpStatusCode.BadRequest, (await house.Api.PutAsJsonAsync("/api/v1/contact-policy", With(10_000, revision))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await house.Api.PutAsJsonAsync("/api/v1/contact-policy", With(24, revision))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await house.Api.PutAsJsonAsync("/api/v1/contact-policy", With(24, revision))).StatusCode);
    }

    [Fact]
    public async Task A_customer_is_excluded_and_included_again()
    {
        var (invoice, _) = await house.InvoiceAsync("EXCLUDED-1");
        var path = $"/api/v1/customers/{invoice.GetProperty("customerId").GetGuid()}/contact";

        var excluded = await house.Api.PutAsJsonAsync(path, new { preferredChannel = "sms", excludedReason = "Accord", excludedUntil = "2099-01-01" });
        Assert.Equal("Accord", (await excluded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("excludedReason").GetString());
        var included = await (await house.Api.PutAsJsonAsync(path, new { })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Null, included.GetProperty("excludedReason").ValueKind);
    }
}
