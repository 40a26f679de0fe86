using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Payouts;

/// <summary>From a paid marketplace invoice to the money in the affiliate's wallet, with the sandbox over HTTP.</summary>
[Collection(HouseCollection.Name)]
public sealed class PayoutApiTests(House house)
{
    private static readonly TimeSpan FundsAndCoolingOff = TimeSpan.FromDays(6);

    [Fact]
    public async Task A_tenth_of_a_paid_marketplace_invoice_is_proposed_signed_and_executed_once_although_the_webhook_comes_twice()
    {
        var payout = await ProposedAsync("SPLIT-1", 123_45);
        Assert.Equal(12_34, payout.GetProperty("payout").GetProperty("amountMinor").GetInt64());
        Assert.Equal(1, payout.GetProperty("operations").GetArrayLength());
        await SwitchOnAsync("DuplicateWebhook", null);

        await SignAsync(payout);
        await house.LaterAsync(TimeSpan.FromMinutes(5));

        var done = await ReadAsync(payout);
        Assert.Equal("completed", done.GetProperty("state").GetString());
        Assert.Equal(1, (await AtSandboxAsync(payout)).GetArrayLength());
        var events = await house.GetAsync("/api/v1/events?name=payout.completed&limit=50");
        Assert.Equal(1, events.GetProperty("data").EnumerateArray().Count(told => told.GetProperty("subjectId").GetGuid() == Id(payout)));
    }

    [Theory]
    [InlineData("DropAfter")]
    [InlineData("TimeoutAfter")]
    [InlineData("DropBefore")]
    [InlineData("Error500")]
    public async Task Whatever_becomes_of_the_answer_the_order_is_made_once(string fault)
    {
        var payout = await ProposedAsync($"SPLIT-{fault}", 80_00);
        await SwitchOnAsync(fault, "POST /v2/rest/transfer");

        await SignAsync(payout);
        await house.LaterAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(1, (await AtSandboxAsync(payout)).GetArrayLength());
        Assert.Equal("completed", (await ReadAsync(payout)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_blocked_wallet_refuses_and_the_share_is_proposed_again()
    {
        var payout = await ProposedAsync("SPLIT-BLOCKED", 90_00);
        var wallet = (await AffiliateAsync()).GetProperty("walletReference").GetString();
        (await house.Sandbox.PutAsJsonAsync($"/sandbox/wallets/{wallet}", new { name = "Affilié SARL", blocked = true })).EnsureSuccessStatusCode();
        try
        {
            await SignAsync(payout);
            await house.LaterAsync(TimeSpan.FromMinutes(5));
        }
        finally
        {
            (await house.Sandbox.PutAsJsonAsync($"/sandbox/wallets/{wallet}", new { name = "Affilié SARL", blocked = false })).EnsureSuccessStatusCode();
        }

        var refused = await ReadAsync(payout);
        Assert.Equal("cancelled", refused.GetProperty("state").GetString());
        Assert.Equal("the wallet is blocked", refused.GetProperty("problem").GetString());
        var again = await ProposeAsync();
        Assert.Equal(9_00, again.GetProperty("payout").GetProperty("amountMinor").GetInt64());
        await CancelAsync(again.GetProperty("payout").GetProperty("id").GetGuid());
        await SettleSharesAsync();
    }

    [Fact]
    public async Task The_key_that_proposed_it_does_not_sign_it_nor_does_one_that_was_changed_since()
    {
        await PaidAsync("SPLIT-OWN", 70_00);
        await house.LaterAsync(FundsAndCoolingOff);
        var open = (await house.GetAsync("/api/v1/payouts?state=awaiting_approval")).GetProperty("data")[0];
        var id = open.GetProperty("id").GetGuid();
        (await house.Api.PostAsJsonAsync($"/api/v1/payouts/{id}/revise", new { })).EnsureSuccessStatusCode();

        var old = await house.Api.PostAsJsonAsync($"/api/v1/payouts/{id}/approve", new { revision = open.GetProperty("revision").GetInt64() });
        Assert.Equal(HttpStatusCode.Conflict, old.StatusCode);
        var revision = (await house.GetAsync($"/api/v1/payouts/{id}")).GetProperty("payout").GetProperty("revision").GetInt64();
        var own = await house.Api.PostAsJsonAsync($"/api/v1/payouts/{id}/approve", new { revision });
        Assert.Equal(HttpStatusCode.BadRequest, own.StatusCode);
        Assert.Equal("payout-own", (await own.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString());

        using var other = house.WithKey(await house.IssueKeyAsync(house.MerchantId, [Permissions.Read, Permissions.Approve]));
        var key = $"sign-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(other, id, revision, key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(other, id, revision, key)).StatusCode);
        await house.LaterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, (await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/payouts?reference={id}")).GetArrayLength());
    }

    [Fact]
    public async Task A_beneficiary_is_refused_by_field_and_rule_and_balances_come_from_the_books()
    {
        var refused = await house.Api.PostAsJsonAsync("/api/v1/beneficiaries", new { code = "Bad Code", name = "", way = "file", iban = "FR7630006000011234567890188" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("field").GetString()} {error.GetProperty("code").GetString()}");
        Assert.Equal(["code code-invalid", "iban iban-invalid", "name required"], errors.Order(StringComparer.Ordinal));

        var balances = await house.GetAsync("/api/v1/payouts/balances");
        Assert.Equal("EUR", balances.GetProperty("currency").GetString());
    }

    private static Guid Id(JsonElement payout) => payout.GetProperty("payout").GetProperty("id").GetGuid();

    private async Task<JsonElement> ProposedAsync(string number, long amountMinor)
    {
        await PaidAsync(number, amountMinor);
        await house.LaterAsync(FundsAndCoolingOff);
        var open = (await house.GetAsync("/api/v1/payouts?state=awaiting_approval")).GetProperty("data");
        Assert.Equal(1, open.GetArrayLength());
        return await house.GetAsync($"/api/v1/payouts/{open[0].GetProperty("id").GetGuid()}");
    }

    private async Task PaidAsync(string number, long amountMinor)
    {
        var today = DateOnly.FromDateTime(((TimeProvider)house.Services.GetService(typeof(TimeProvider))!).GetUtcNow().UtcDateTime);
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", new
        {
            number,
            customerNumber = $"C-{number}",
            customerName = "Zoé Lambert",
            customerEmail = "payer@example.test",
            issueDate = today,
            dueDate = today.AddDays(10),
            amountMinor,
            kind = "Marketplace",
            scenarioId = "marketplace-split",
        });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var invoice = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await house.SettleAsync();
        var requests = await house.GetAsync($"/api/v1/payment-requests?invoiceId={invoice.GetProperty("id").GetGuid()}");
        await house.PayByCardAsync(requests.GetProperty("data")[0]);
        await house.TellWebhooksAsync();
        await house.SettleAsync();
    }

    private async Task SignAsync(JsonElement payout)
    {
        var answer = await ApproveAsync(house.Api, Id(payout), payout.GetProperty("payout").GetProperty("revision").GetInt64(), $"sign-{Guid.NewGuid():N}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> ApproveAsync(HttpClient client, Guid id, long revision, string key)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/payouts/{id}/approve") { Content = JsonContent.Create(new { revision }) };
        call.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(call);
    }

    private async Task<JsonElement> ReadAsync(JsonElement payout) => (await house.GetAsync($"/api/v1/payouts/{Id(payout)}")).GetProperty("payout");

    private Task<JsonElement> AtSandboxAsync(JsonElement payout) => house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/payouts?reference={Id(payout)}");

    private async Task<JsonElement> AffiliateAsync() => (await house.GetAsync("/api/v1/beneficiaries")).GetProperty("data").EnumerateArray().Single(row => row.GetProperty("code").GetString() == "affilie");

    private async Task<JsonElement> ProposeAsync()
    {
        var answer = await house.Api.PostAsJsonAsync("/api/v1/payouts", new { beneficiaryId = (await AffiliateAsync()).GetProperty("id").GetGuid() });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task CancelAsync(Guid id) => (await house.Api.PostAsJsonAsync($"/api/v1/payouts/{id}/cancel", new { reason = "tried" })).EnsureSuccessStatusCode();

    /// <summary>What is still owed is paid, so that the next test begins with nothing open.</summary>
    private async Task SettleSharesAsync()
    {
        using var other = house.WithKey(await house.IssueKeyAsync(house.MerchantId, Permissions.All));
        var proposal = (await ProposeAsync()).GetProperty("payout");
        (await ApproveAsync(other, proposal.GetProperty("id").GetGuid(), proposal.GetProperty("revision").GetInt64(), $"sign-{Guid.NewGuid():N}")).EnsureSuccessStatusCode();
        await house.LaterAsync(TimeSpan.FromMinutes(5));
    }

    private async Task SwitchOnAsync(string fault, string? match) =>
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { match, fault, times = 1 })).EnsureSuccessStatusCode();
}
