using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class IdempotencyTests(House house)
{
    [Fact]
    public async Task The_same_key_gets_the_first_answer_again_and_nothing_happens_twice()
    {
        var (invoice, _) = await house.InvoiceAsync("IDEM-1");
        var ask = new { invoiceId = invoice.GetProperty("id").GetGuid() };
        var first = await PostAsync("idem-1", ask);
        var again = await PostAsync("idem-1", ask);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var all = await house.GetAsync($"/api/v1/payment-requests?invoiceId={ask.invoiceId}");
        Assert.Equal(2, all.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        var (invoice, _) = await house.InvoiceAsync("IDEM-2");
        await PostAsync("idem-2", new { invoiceId = invoice.GetProperty("id").GetGuid() });
        var other = await PostAsync("idem-2", new { invoiceId = Guid.NewGuid() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("key-reused", (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_refusal_is_kept_as_the_answer_too()
    {
        var ask = new { invoiceId = Guid.NewGuid() };
        var first = await PostAsync("idem-3", ask);
        var again = await PostAsync("idem-3", ask);
        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType!.MediaType);
    }

    private Task<HttpResponseMessage> PostAsync(string key, object body)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/payment-requests") { Content = JsonContent.Create(body) };
        call.Headers.Add("Idempotency-Key", key);
        return house.Api.SendAsync(call);
    }
}
