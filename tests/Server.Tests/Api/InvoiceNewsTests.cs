using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>What an ERP tells about an invoice that only it knows.</summary>
[Collection(HouseCollection.Name)]
public sealed class InvoiceNewsTests(House house)
{
    [Fact]
    public async Task What_the_erp_tells_is_an_event_of_the_invoice_told_once_under_its_key()
    {
        var (invoice, _) = await house.InvoiceAsync("NEWS-1");
        var id = invoice.GetProperty("id").GetGuid();

        var told = await TellAsync(house.Api, id, "goods.delivered", "news-1");
        var again = await TellAsync(house.Api, id, "goods.delivered", "news-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (told.StatusCode, again.StatusCode));
        var shown = Assert.Single((await house.GetAsync($"/api/v1/events?name=invoice.told&invoiceId={id}")).GetProperty("data").EnumerateArray());
        var data = shown.GetProperty("data");
        Assert.Equal(("goods.delivered", "Colissimo"), (data.GetProperty("event").GetString(), data.GetProperty("with").GetProperty("carrier").GetString()));
    }

    [Fact]
    public async Task A_name_of_ours_and_another_merchants_invoice_are_refused()
    {
        var (invoice, _) = await house.InvoiceAsync("NEWS-2");
        var id = invoice.GetProperty("id").GetGuid();

        var reserved = await TellAsync(house.Api, id, "invoice.paid", "news-2");
        var stranger = await TellAsync(house.Stranger, id, "goods.delivered", "news-3");

        var error = (await reserved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal(("name", "event-name-reserved"), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    private static Task<HttpResponseMessage> TellAsync(HttpClient client, Guid invoice, string name, string key)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/invoices/{invoice}/events") { Content = JsonContent.Create(new { name, with = new { carrier = "Colissimo" } }) };
        call.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(call);
    }
}
