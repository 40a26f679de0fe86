using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Server.Webhooks;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Outbox;

[Collection(HouseCollection.Name)]
public sealed class CallbackTests(House house)
{
    [Fact]
    public async Task A_receiver_that_was_down_gets_one_signed_callback_when_it_is_up()
    {
        var port = FreePort.Next();
        var added = await AddAsync($"http://127.0.0.1:{port}/erp");
        var (invoice, _) = await house.InvoiceAsync("ERP-1");
        await AskAsync(invoice, "erp-1");
        await house.SettleAsync();
        var log = await DeliveriesAsync(added);
        Assert.Equal("pending", log[0].GetProperty("state").GetString());
        Assert.Equal(1, log[0].GetProperty("tries").GetArrayLength());

        using var receiver = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        receiver.Start();
        var received = ReceiveAsync(receiver, HttpStatusCode.OK);
        await house.LaterAsync(TimeSpan.FromMinutes(1));
        var (headers, body) = await received;
        var key = WebhookSignature.KeyOf(added.GetProperty("secret").GetString())!;
        Assert.True(WebhookSignature.IsValid(
            key, headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader], body, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5)));
        Assert.Contains("ERP-1", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        log = await DeliveriesAsync(added);
        Assert.Equal("delivered", log[0].GetProperty("state").GetString());
        Assert.Equal(2, log[0].GetProperty("tries").GetArrayLength());
        await RemoveAsync(added);
    }

    [Fact]
    public async Task A_receiver_that_says_gone_gets_no_more()
    {
        var port = FreePort.Next();
        using var receiver = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        receiver.Start();
        var added = await AddAsync($"http://127.0.0.1:{port}/erp");
        var (invoice, _) = await house.InvoiceAsync("ERP-2");
        var received = ReceiveAsync(receiver, HttpStatusCode.Gone);
        await AskAsync(invoice, "erp-2");
        await house.SettleAsync();
        await received;
        var endpoints = await house.GetAsync("/api/v1/webhook-endpoints");
        Assert.False(endpoints.GetProperty("data").EnumerateArray().Single(row => row.GetProperty("url").GetString()!.Contains($":{port}/", StringComparison.Ordinal)).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_receiver_that_never_answers_delays_nobody_else()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var added = await AddAsync($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/erp");
        var (invoice, _) = await house.InvoiceAsync("ERP-3");
        var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var feed = house.Services.GetRequiredService<Payments.Feed.ICollectionFeed>();
        await AskAsync(invoice, "erp-3");
        await house.Services.GetRequiredService<OutboxDispatcher>().StartDueAsync(CancellationToken.None);
        using var hanging = await silent.AcceptTcpClientAsync();

        // The callback hangs now; something for the gateway is asked and answered meanwhile.
        using var listening = feed.Subscribe(house.MerchantId, events =>
        {
            if (events.Any(happened => happened.Name == EventNames.EffectAnswered && happened.DataJson.Contains("meanwhile", StringComparison.Ordinal)))
            {
                delivered.TrySetResult();
            }
        });
        await using (var scope = house.Open())
        {
            var requests = await scope.Records.ListAsync<Payments.Requests.PaymentRequest>(row => row.GatewayRequestId != null, 1);
            scope.Records.Ask(Server.Gateway.GatewayReads.Request(house.MerchantId, requests[0].GatewayRequestId!, "meanwhile", house.Services.GetRequiredService<TimeProvider>().GetUtcNow()));
            await scope.Records.CommitAsync();
        }

        await house.Services.GetRequiredService<OutboxDispatcher>().StartDueAsync(CancellationToken.None);
        await delivered.Task.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.False(house.Services.GetRequiredService<OutboxDispatcher>().WhenIdleAsync().IsCompleted);
        hanging.Close();
        silent.Stop();
        await house.SettleAsync();
        await RemoveAsync(added);
    }

    [Fact]
    public async Task A_callback_is_sent_again_when_somebody_asks_for_it_and_never_by_a_stranger()
    {
        var port = FreePort.Next();
        using var receiver = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        receiver.Start();
        var added = await AddAsync($"http://127.0.0.1:{port}/erp");
        var (invoice, _) = await house.InvoiceAsync("ERP-4");
        var first = ReceiveAsync(receiver, HttpStatusCode.OK);
        await AskAsync(invoice, "erp-4");
        await house.SettleAsync();
        var (firstHeaders, firstBody) = await first;
        var delivered = (await DeliveriesAsync(added))[0].GetProperty("id").GetGuid();
        var replay = $"/api/v1/webhook-endpoints/deliveries/{delivered}/replay";
        Assert.Equal(HttpStatusCode.NotFound, (await house.Stranger.PostAsync(replay, null)).StatusCode);

        var second = ReceiveAsync(receiver, HttpStatusCode.OK);
        var answer = await house.Api.PostAsync(replay, null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var again = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await house.SettleAsync();
        var (secondHeaders, secondBody) = await second;
        Assert.Equal(firstBody, secondBody);
        Assert.Equal(firstHeaders[WebhookSignature.IdHeader], secondHeaders[WebhookSignature.IdHeader]);
        Assert.Equal(again.GetProperty("webhookId").GetString(), secondHeaders[WebhookSignature.IdHeader]);
        Assert.Equal(2, (await DeliveriesAsync(added)).GetArrayLength());
        await RemoveAsync(added);
    }

    private async Task<JsonElement> AddAsync(string url)
    {
        var answer = await house.Api.PostAsJsonAsync("/api/v1/webhook-endpoints", new { name = "ERP", url });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task RemoveAsync(JsonElement added) =>
        Assert.Equal(HttpStatusCode.NoContent, (await house.Api.DeleteAsync($"/api/v1/webhook-endpoints/{IdOf(added)}")).StatusCode);

    private async Task<JsonElement> DeliveriesAsync(JsonElement added) => (await house.GetAsync($"/api/v1/webhook-endpoints/{IdOf(added)}/deliveries")).GetProperty("data");

    private static Guid IdOf(JsonElement added) => added.GetProperty("endpoint").GetProperty("id").GetGuid();

    private async Task AskAsync(JsonElement invoice, string key)
    {
        await using var scope = house.Open();
        await ActivatorUtilities.CreateInstance<ErpCallbacks>(scope.Services).AskAsync(EventNames.InvoicePaid, invoice.GetProperty("id").GetGuid(), key, null, CancellationToken.None);
        await scope.Records.CommitAsync();
    }

    private static async Task<(System.Collections.Specialized.NameValueCollection Headers, byte[] Body)> ReceiveAsync(HttpListener receiver, HttpStatusCode answer)
    {
        var context = await receiver.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.StatusCode = (int)answer;
        context.Response.Close();
        return (context.Request.Headers, body.ToArray());
    }
}
