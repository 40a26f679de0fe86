using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Payouts;

/// <summary>Orders of which nobody knows whether the gateway took them: paid once, or looked at by a person.</summary>
public sealed class PayoutsInDoubtTests : IAsyncLifetime
{
    private const string Orders = "/v2/rest/transfer";
    private static readonly TimeSpan FundsAndCoolingOff = TimeSpan.FromDays(6);
    private readonly GatewayProxy proxy = new();
    private readonly House house;

    public PayoutsInDoubtTests() => house = new House { MoreSettings = [$"--Gateway:BaseUrl={proxy.Address}/v2/rest", "--Gateway:TimeoutSeconds=20"] };

    public async Task InitializeAsync()
    {
        proxy.Target = house.SandboxAddress;
        await proxy.InitializeAsync();
        await house.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(400, "{\"errors\":{\"merchantTransferId\":\"unknown parameter\"}}")]
    [InlineData(404, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "[{\"transferId\":\"other\",\"transferStatus\":\"EXECUTED\"}]")]
    public async Task A_search_that_does_not_say_an_order_is_not_there_is_no_reason_to_order_again(int status, string body)
    {
        var payout = await ProposedAsync();
        LoseFirstOrder();
        proxy.Instead = request => IsSearch(request) ? (status, body) : IsReadAfterNews(request) ? (503, "") : null;

        await SignAsync(payout);
        await DaysAsync(4);

        Assert.Equal("in_progress", (await ReadAsync(payout)).GetProperty("state").GetString());
        Assert.Equal(1, await CountAtSandboxAsync(payout));
        Assert.Contains("gateway.create-payout.givenup", await CausesAsync());
        Assert.NotEqual(HttpStatusCode.Created, (await house.Api.PostAsJsonAsync("/api/v1/payouts", new { beneficiaryId = await AffiliateAsync() })).StatusCode);
    }

    [Fact]
    public async Task A_refused_repeat_of_an_order_that_the_gateway_is_still_at_is_no_refusal()
    {
        var payout = await ProposedAsync();
        var (calls, isThere) = (0, false);
        LoseFirstOrder();

        // The gateway is slow: for a while its search does not show what its key is taken by.
        proxy.Instead = request => request switch
        {
            _ when IsOrder(request) && ++calls > 1 => (409, "{\"errors\":{\"merchantTransferId\":\"is worked on\"}}"),
            _ when IsSearch(request) && !isThere => (200, "[]"),
            _ when IsReadAfterNews(request) => (503, ""),
            _ => null,
        };

        await SignAsync(payout);
        await house.LaterAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("in_progress", (await ReadAsync(payout)).GetProperty("state").GetString());

        isThere = true;
        await DaysAsync(1);
        Assert.Equal("completed", (await ReadAsync(payout)).GetProperty("state").GetString());
        Assert.Equal(1, await CountAtSandboxAsync(payout));
    }

    [Fact]
    public async Task A_payout_refused_at_the_door_for_a_weekend_is_confirmed_as_not_made_by_a_person()
    {
        var payout = await ProposedAsync();
        proxy.Instead = request => IsOrder(request) ? (401, "") : null;
        await SignAsync(payout);
        await DaysAsync(4);
        Assert.Equal("in_progress", (await ReadAsync(payout)).GetProperty("state").GetString());

        var confirmed = await house.Api.PostAsJsonAsync($"/api/v1/payouts/{Id(payout)}/confirm", new { paid = false, reason = "not at the gateway" });

        Assert.True(confirmed.IsSuccessStatusCode, await confirmed.Content.ReadAsStringAsync());
        Assert.Equal("cancelled", (await ReadAsync(payout)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Created, (await house.Api.PostAsJsonAsync("/api/v1/payouts", new { beneficiaryId = await AffiliateAsync() })).StatusCode);
    }

    [Fact]
    public async Task A_payout_of_which_only_a_webhook_tells_is_known_by_our_own_reference()
    {
        var payout = await ProposedAsync();
        proxy.Loses = request => IsOrder(request) || IsSearch(request);
        await SignAsync(payout);
        await house.TellWebhooksAsync();
        await house.LaterAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("completed", (await ReadAsync(payout)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task News_of_a_payout_made_past_us_change_nothing_and_trouble_nobody()
    {
        await using (var scope = house.Open())
        {
            proxy.Instead = request => request.Path == $"{Orders}/made-past-us" ? (200, "{\"transferId\":\"made-past-us\",\"merchantTransferId\":\"theirs\",\"transferStatus\":\"EXECUTED\"}") : null;
            scope.Records.Ask(GatewayReads.Payout(house.MerchantId, "made-past-us", "notice/1", house.Now));
            scope.Records.Ask(GatewayReads.Payout(house.MerchantId, "not-there", "notice/2", house.Now));
            await scope.Records.CommitAsync();
        }

        await DaysAsync(4);

        Assert.DoesNotContain(await CausesAsync(), cause => cause.StartsWith("gateway.read-payout", StringComparison.Ordinal));
    }

    private static bool IsOrder(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path == Orders;

    private static bool IsSearch(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path == Orders;

    private static bool IsReadAfterNews(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments(Orders, out var rest) && rest.HasValue;

    private void LoseFirstOrder()
    {
        var orders = 0;
        proxy.Loses = request => IsOrder(request) && orders++ == 0;
    }

    private async Task DaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await house.LaterAsync(TimeSpan.FromDays(1));
        }
    }

    private async Task<IReadOnlyList<string>> CausesAsync()
    {
        await using var scope = house.Open();
        return [.. (await scope.Services.GetRequiredService<ICaseStore>().OpenIncidentsAsync(null, 50)).Select(incident => incident.Cause)];
    }

    private async Task<JsonElement> ProposedAsync()
    {
        var today = DateOnly.FromDateTime(house.Now.UtcDateTime);
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", new
        {
            number = "DOUBT-1",
            customerNumber = "C-DOUBT",
            customerName = "Zoé Lambert",
            customerEmail = "payer@example.test",
            issueDate = today,
            dueDate = today.AddDays(10),
            amountMinor = 80_00,
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
        await house.LaterAsync(FundsAndCoolingOff);
        return Assert.Single((await house.GetAsync("/api/v1/payouts?state=awaiting_approval")).GetProperty("data").EnumerateArray());
    }

    private async Task SignAsync(JsonElement payout)
    {
        var answer = await house.Api.PostAsJsonAsync($"/api/v1/payouts/{Id(payout)}/approve", new { revision = payout.GetProperty("revision").GetInt64() });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await house.SettleAsync();
    }

    private async Task<JsonElement> ReadAsync(JsonElement payout) => (await house.GetAsync($"/api/v1/payouts/{Id(payout)}")).GetProperty("payout");

    private async Task<int> CountAtSandboxAsync(JsonElement payout) => (await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/payouts?reference={Id(payout)}")).GetArrayLength();

    private async Task<Guid> AffiliateAsync() =>
        (await house.GetAsync("/api/v1/beneficiaries")).GetProperty("data").EnumerateArray().Single(row => row.GetProperty("code").GetString() == "affilie").GetProperty("id").GetGuid();

    private static Guid Id(JsonElement payout) => payout.GetProperty("id").GetGuid();
}
