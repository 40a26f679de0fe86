using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Gateway;

[Collection(HouseCollection.Name)]
public sealed class LostAnswersTests(House house)
{
    [Theory]
    [InlineData("Error500")]
    [InlineData("DropBefore")]
    [InlineData("DropAfter")]
    [InlineData("TimeoutBefore")]
    [InlineData("TimeoutAfter")]
    public async Task Whatever_goes_wrong_on_the_way_a_payment_request_is_made_once(string fault)
    {
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { match = "POST /v2/rest/paymentRequest", fault, times = 1 })).EnsureSuccessStatusCode();
        var (_, request) = await house.InvoiceAsync($"LOST-{fault}");
        await house.LaterAsync(TimeSpan.FromMinutes(2));
        var id = request.GetProperty("id").GetGuid();
        var known = await house.GetAsync($"/api/v1/payment-requests/{id}");
        var there = await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/requests?merchantPaymentRequestId={id}");
        Assert.Equal(1, there.GetArrayLength());
        Assert.Equal(there[0].GetProperty("paymentRequestId").GetString(), known.GetProperty("gatewayRequestId").GetString());
    }

    [Theory]
    [InlineData("DropAfter")]
    [InlineData("TimeoutAfter")]
    public async Task A_payment_request_cancelled_while_its_creation_is_uncertain_is_cancelled_at_the_gateway(string fault)
    {
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { match = "POST /v2/rest/paymentRequest", fault, times = 1 })).EnsureSuccessStatusCode();
        var (_, request) = await house.InvoiceAsync($"CANCELLED-{fault}");
        var id = request.GetProperty("id").GetGuid();
        (await house.Api.PostAsJsonAsync($"/api/v1/payment-requests/{id}/cancel", new { reason = "mistake" })).EnsureSuccessStatusCode();

        await house.LaterAsync(TimeSpan.FromMinutes(10));

        var there = await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/requests?merchantPaymentRequestId={id}");
        Assert.Equal("CANCELED", Assert.Single(there.EnumerateArray()).GetProperty("paymentRequestStatus").GetString());
    }

    [Fact]
    public async Task A_refused_login_is_an_incident_of_the_settings_and_the_call_is_made_later()
    {
        (await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { match = "POST /v2/rest/paymentRequest", fault = "Error403", times = 1 })).EnsureSuccessStatusCode();
        var (_, request) = await house.InvoiceAsync("LOGIN-1");
        await using (var scope = house.Open())
        {
            var cases = (CentralPay.Workflows.Engine.Runtime.ICaseStore)scope.Services.GetService(typeof(CentralPay.Workflows.Engine.Runtime.ICaseStore))!;
            Assert.Contains(await cases.OpenIncidentsAsync(null, 100), incident => incident.Cause == "gateway-credentials");
        }

        await house.LaterAsync(TimeSpan.FromMinutes(2));
        var known = await house.GetAsync($"/api/v1/payment-requests/{request.GetProperty("id").GetGuid()}");
        Assert.NotNull(known.GetProperty("gatewayRequestId").GetString());
    }
}
