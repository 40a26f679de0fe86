using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Security;

[Collection(HouseCollection.Name)]
public sealed class EndpointWalkTests(House house)
{
    private static readonly string[] OpenToAll = ["/health/", "/pay/", "/webhooks/gateway/", "/webhooks/sms/", "/account/", "/openapi/", "/sign-in", "/_content/", "/_framework/", "/_blazor"];

    [Fact]
    public async Task Nobody_gets_through_a_door_without_signing_in()
    {
        foreach (var (method, path) in Doors())
        {
            var answer = await house.Nobody.SendAsync(Call(method, path));
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || IsSignIn(answer), $"{method} {path} answered {(int)answer.StatusCode} to nobody");
        }
    }

    [Fact]
    public async Task Another_merchant_finds_nothing_of_ours_behind_any_door()
    {
        var (invoice, request) = await house.InvoiceAsync("WALK-1");
        var ours = new[] { invoice.GetProperty("id").GetString()!, request.GetProperty("id").GetString()!, invoice.GetProperty("customerId").GetString()! };
        foreach (var (method, path) in Doors().Where(door => door.Path.StartsWith("/api/v1", StringComparison.Ordinal)))
        {
            foreach (var id in path.Contains('{', StringComparison.Ordinal) ? ours : [""])
            {
                var answer = await house.Stranger.SendAsync(Call(method, path, id));
                var body = await answer.Content.ReadAsStringAsync();
                Assert.DoesNotContain("WALK-1", body, StringComparison.Ordinal);
                Assert.True(!path.Contains("{id:guid}", StringComparison.Ordinal) || (int)answer.StatusCode is 404 or 400, $"{method} {path} answered {(int)answer.StatusCode} to a stranger: {body}");
            }
        }
    }

    [Fact]
    public async Task A_key_does_only_what_it_was_given()
    {
        using var reader = house.WithKey(await house.IssueKeyAsync(house.MerchantId, ["read"]));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/invoices")).StatusCode);
        var refused = await reader.PostAsJsonAsync("/api/v1/invoices", new { });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("invoices.import", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpw_unknown0_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task An_unknown_key_opens_nothing(string key)
    {
        var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/invoices");
        call.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await house.Nobody.SendAsync(call)).StatusCode);
    }

    [Fact]
    public async Task A_withdrawn_key_opens_nothing_any_more()
    {
        var issued = await (await house.Api.PostAsJsonAsync("/api/v1/api-keys", new { name = "short-lived", scopes = new[] { "read" } })).Content.ReadFromJsonAsync<JsonElement>();
        using var client = house.WithKey(issued.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/invoices")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await house.Api.DeleteAsync($"/api/v1/api-keys/{issued.GetProperty("key").GetProperty("id").GetGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/invoices")).StatusCode);
    }

    private IEnumerable<(string Method, string Path)> Doors() => house.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null || !OpenToAll.Any(open => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}".StartsWith(open, StringComparison.Ordinal)))
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}")))
        .Where(door => !door.Item2.Contains("{*", StringComparison.Ordinal) && door.Item1 is "GET" or "POST" or "PUT" or "DELETE")
        .Distinct();

    private static bool IsSignIn(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal);

    private static HttpRequestMessage Call(string method, string path, string? id = null)
    {
        var address = path.Replace("{id:guid}", id ?? Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{id}", id ?? "none", StringComparison.Ordinal);
        var call = new HttpRequestMessage(new HttpMethod(method), address);
        if (method is "POST" or "PUT")
        {
            call.Content = JsonContent.Create(new { });
        }

        return call;
    }
}
