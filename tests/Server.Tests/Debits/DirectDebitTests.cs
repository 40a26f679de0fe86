using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Debits;

/// <summary>Mandates and direct debits from the API and the payer's page to the sandbox's bank and back.</summary>
[Collection(HouseCollection.Name)]
public sealed class DirectDebitTests(House house)
{
    private const string Pays = "FR1420041010050500013M02606";
    private const string FailsTwice = "FR7630003000300000000000178";
    private const string ReturnedLater = "DE89370400440532013000";

    [Fact]
    public async Task A_payer_signs_on_the_payment_page_and_pays_by_debit()
    {
        var (invoice, request) = await house.InvoiceAsync("SDD-1");
        var page = request.GetProperty("link").GetString()!;
        Assert.Contains("Signer un mandat", await TextAsync(page), StringComparison.Ordinal);

        // The gateway makes the page for signing, then the payer is sent there.
        Assert.Equal(new Uri(page).AbsolutePath, (await house.Nobody.PostAsync($"{page}/mandate", null)).Headers.Location!.ToString());
        await house.SettleAsync();
        var signing = (await house.Nobody.PostAsync($"{page}/mandate", null)).Headers.Location!.ToString();
        Assert.StartsWith(house.SandboxAddress, signing, StringComparison.Ordinal);
        var back = await SignAsync(signing, Pays);
        Assert.Equal($"{page}/mandate/return", back);
        await house.Nobody.GetAsync(back);
        await house.SettleAsync();
        Assert.Contains("se terminant par 2606", await TextAsync(page), StringComparison.Ordinal);

        await house.Nobody.PostAsync($"{page}/debit", null);
        await house.Nobody.PostAsync($"{page}/debit", null);
        Assert.Contains("Votre paiement est en cours", await TextAsync(page), StringComparison.Ordinal);
        await house.LaterAsync(TimeSpan.FromDays(7));

        Assert.Equal("paid", (await InvoiceAsync(invoice)).GetProperty("status").GetString());
        var debit = Assert.Single((await DebitsAsync(invoice)).EnumerateArray());
        Assert.Equal("settled", debit.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Without_funds_it_fails_and_is_tried_again_by_hand_once()
    {
        var invoice = await SignedAsync("SDD-2", FailsTwice);
        await PostAsync($"/api/v1/debits", new { invoiceId = Id(invoice), noticeDays = 0 }, HttpStatusCode.Created);
        await house.LaterAsync(TimeSpan.FromDays(7));
        var failed = Assert.Single((await DebitsAsync(invoice)).EnumerateArray());
        Assert.Equal(("failed", "AM04", "reject", "retry"), (Text(failed, "status"), Text(failed, "reasonCode"), Text(failed, "phase"), Text(failed, "cure")));

        var retry = await PostAsync($"/api/v1/debits/{Text(failed, "id")}/retry", new { waitDays = 1 }, HttpStatusCode.Created);
        var refused = await PostAsync($"/api/v1/debits/{Text(failed, "id")}/retry", new { waitDays = 1 }, HttpStatusCode.BadRequest);

        Assert.Equal(2, retry.GetProperty("attempt").GetInt32());
        Assert.Equal("debit-under-way", refused.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("DropAfter")]
    [InlineData("DropBefore")]
    [InlineData("TimeoutAfter")]
    public async Task Whatever_goes_wrong_on_the_way_a_debit_is_made_once(string fault)
    {
        var invoice = await SignedAsync($"SDD-{fault}", Pays);
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { match = "POST /v2/rest/sddTransaction", fault, times = 1 })).EnsureSuccessStatusCode();
        var debit = await PostAsync("/api/v1/debits", new { invoiceId = Id(invoice), noticeDays = 0 }, HttpStatusCode.Created);
        await house.LaterAsync(TimeSpan.FromDays(7));

        var there = await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/debits?merchantSddTransactionId={Text(debit, "id")}");
        Assert.Equal(1, there.GetArrayLength());
        Assert.Equal("settled", Text(await house.GetAsync($"/api/v1/debits/{Text(debit, "id")}"), "status"));
    }

    [Fact]
    public async Task A_return_after_settlement_told_twice_owes_the_invoice_again_once()
    {
        var invoice = await SignedAsync("SDD-3", ReturnedLater);
        var debit = await PostAsync("/api/v1/debits", new { invoiceId = Id(invoice), noticeDays = 0 }, HttpStatusCode.Created);
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { fault = "DuplicateWebhook", times = 10 })).EnsureSuccessStatusCode();
        await house.LaterAsync(TimeSpan.FromDays(14));
        await house.Sandbox.DeleteAsync("/sandbox/faults");

        var returned = await house.GetAsync($"/api/v1/debits/{Text(debit, "id")}");
        Assert.Equal(("returned", "MD06", "return", "dispute"), (Text(returned, "status"), Text(returned, "reasonCode"), Text(returned, "phase"), Text(returned, "cure")));
        var owed = await InvoiceAsync(invoice);
        Assert.Equal(12000, owed.GetProperty("openMinor").GetInt64());
        Assert.True(owed.GetProperty("disputed").GetBoolean());
        var events = (await house.GetAsync($"/api/v1/events?name=debit.returned&limit=200")).GetProperty("data").EnumerateArray();
        Assert.Single(events, told => told.GetProperty("subjectId").GetString() == Text(debit, "id"));
        Assert.Equal("debit-never-again", (await PostAsync($"/api/v1/debits/{Text(debit, "id")}/retry", new { }, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_signature_that_was_never_told_is_found_a_day_later()
    {
        var (invoice, _) = await house.InvoiceAsync("SDD-UNTOLD");
        var mandate = await PostAsync($"/api/v1/customers/{invoice.GetProperty("customerId").GetString()}/mandates", new { invoiceId = Id(invoice) }, HttpStatusCode.Created);
        await house.SettleAsync();
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { fault = "WebhookHold", times = 1000 })).EnsureSuccessStatusCode();
        try
        {
            await SignAsync(Text(await house.GetAsync($"/api/v1/mandates/{Text(mandate, "id")}"), "signingPage")!, Pays);
            await house.TellWebhooksAsync();
            await house.SettleAsync();
            Assert.Equal("draft", Text(await house.GetAsync($"/api/v1/mandates/{Text(mandate, "id")}"), "status"));

            await house.LaterAsync(TimeSpan.FromDays(2));

            Assert.Equal("valid", Text(await house.GetAsync($"/api/v1/mandates/{Text(mandate, "id")}"), "status"));
        }
        finally
        {
            await house.Sandbox.DeleteAsync("/sandbox/faults");
        }
    }

    [Fact]
    public async Task A_wrong_scheme_and_a_missing_mandate_name_field_and_rule()
    {
        var (invoice, _) = await house.InvoiceAsync("SDD-4");
        var scheme = await PostAsync($"/api/v1/customers/{invoice.GetProperty("customerId").GetString()}/mandates", new { scheme = "gold" }, HttpStatusCode.BadRequest);
        Assert.Equal(("scheme", "scheme-unknown"), (scheme.GetProperty("errors")[0].GetProperty("field").GetString(), scheme.GetProperty("errors")[0].GetProperty("code").GetString()));
        var missing = await PostAsync("/api/v1/debits", new { invoiceId = Id(invoice) }, HttpStatusCode.BadRequest);
        Assert.Equal("mandate-missing", missing.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    private async Task<JsonElement> SignedAsync(string number, string iban)
    {
        var (invoice, _) = await house.InvoiceAsync(number);
        var mandate = await PostAsync($"/api/v1/customers/{invoice.GetProperty("customerId").GetString()}/mandates", new { invoiceId = Id(invoice) }, HttpStatusCode.Created);
        await house.SettleAsync();
        mandate = await house.GetAsync($"/api/v1/mandates/{Text(mandate, "id")}");
        await SignAsync(Text(mandate, "signingPage")!, iban);
        await house.TellWebhooksAsync();
        await house.SettleAsync();
        Assert.Equal("valid", Text(await house.GetAsync($"/api/v1/mandates/{Text(mandate, "id")}"), "status"));
        return invoice;
    }

    /// <summary>The payer gives an account and the one-time code; answers where the browser is sent.</summary>
    private static async Task<string?> SignAsync(string page, string iban)
    {
        using var payer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        (await payer.PostAsync(page, new FormUrlEncodedContent([new("holder", "Zoé Lambert"), new("iban", iban)]))).EnsureSuccessStatusCode();
        return (await payer.PostAsync($"{page}/code", new FormUrlEncodedContent([new("code", "123456")]))).Headers.Location?.ToString();
    }

    private async Task<string> TextAsync(string page) => WebUtility.HtmlDecode(await house.Nobody.GetStringAsync($"{page}?lang=fr"));

    private async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected)
    {
        var answer = await house.Api.PostAsJsonAsync(path, body);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> InvoiceAsync(JsonElement invoice) => house.GetAsync($"/api/v1/invoices/{Id(invoice)}");

    private async Task<JsonElement> DebitsAsync(JsonElement invoice) => (await house.GetAsync($"/api/v1/debits?invoiceId={Id(invoice)}")).GetProperty("data");

    private static string Id(JsonElement invoice) => invoice.GetProperty("id").GetString()!;

    private static string? Text(JsonElement shown, string field) => shown.GetProperty(field).GetString();
}
