using System.Net;
using System.Text;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Webhooks;

[Collection(HouseCollection.Name)]
public sealed class GatewayWebhookTests(House house)
{
    private const string Body = """{"eventId":"e","type":"PAYMENTREQUEST_PAID","object":{"paymentRequestId":"0199c0de-0000-7000-8000-00000000ffff"}}""";

    [Fact]
    public async Task The_same_event_twice_is_taken_in_once()
    {
        var id = $"twice-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(id, await KeyAsync())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(id, await KeyAsync())).StatusCode);
        Assert.Equal(1, await NoticesAsync(id));
    }

    [Fact]
    public async Task A_wrong_signature_changes_nothing()
    {
        var id = $"wrong-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(id, new byte[32])).StatusCode);
        Assert.Equal(0, await NoticesAsync(id));
    }

    [Fact]
    public async Task An_old_signature_changes_nothing()
    {
        var id = $"old-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(id, await KeyAsync(), TimeSpan.FromMinutes(-6))).StatusCode);
        Assert.Equal(0, await NoticesAsync(id));
    }

    [Fact]
    public async Task An_unknown_merchant_looks_like_a_wrong_signature() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("x", new byte[32], slug: "nobody")).StatusCode);

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_signed_body_that_is_no_event_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"bad-{Guid.NewGuid():N}", await KeyAsync(), body: body)).StatusCode);

    private async Task<byte[]> KeyAsync()
    {
        await using var scope = house.Open();
        var merchant = await scope.Records.FindAsync<Merchant>(house.MerchantId);
        return WebhookSignature.KeyOf(house.Services.GetRequiredService<MerchantSecrets>().Unprotect(merchant!.GatewayWebhookSecretProtected))!;
    }

    private async Task<int> NoticesAsync(string eventId)
    {
        await using var scope = house.Open();
        return await scope.Records.CountAsync<GatewayNotice>(notice => notice.EventId == eventId);
    }

    private Task<HttpResponseMessage> PostAsync(string id, byte[] key, TimeSpan age = default, string body = Body, string slug = "maison-lumiere")
    {
        var seconds = (TimeProvider.System.GetUtcNow() + age).ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/gateway/{slug}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, $"{seconds}");
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, id, seconds, Encoding.UTF8.GetBytes(body)));
        return house.Nobody.SendAsync(request);
    }
}
