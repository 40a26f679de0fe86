using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Security;

/// <summary>Who knocks too often, or with the wrong password, waits outside. A house of its own: its limits are low.</summary>
public sealed partial class DoorLimitsTests : IAsyncLifetime
{
    private readonly House house = new() { MoreSettings = ["--RateLimits:ApiPerMinute=5", "--RateLimits:PayerPerMinute=3", "--RateLimits:SignInPerMinute=8"] };

    public Task InitializeAsync() => house.InitializeAsync();

    public Task DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_machine_that_calls_too_often_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        for (var call = 0; call < 5; call++)
        {
            Assert.Equal(HttpStatusCode.OK, (await house.Api.GetAsync("/api/v1/figures")).StatusCode);
        }

        var refused = await house.Api.GetAsync("/api/v1/figures");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Contains("10", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await house.Stranger.GetAsync("/api/v1/figures")).StatusCode);
    }

    [Fact]
    public async Task Guessing_payment_links_ends_soon()
    {
        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < 5; guess++)
        {
            answers.Add((await house.Nobody.GetAsync($"/pay/{guess:D22}")).StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(house.Address) };
        var token = Antiforgery().Match(await browser.GetStringAsync("/sign-in")).Groups[1].Value;
        for (var attempt = 1; attempt < 5; attempt++)
        {
            Assert.Equal("credentials", await WhyRefusedAsync("wrong-password"));
        }

        Assert.Equal("locked", await WhyRefusedAsync("wrong-password"));
        Assert.Equal("locked", await WhyRefusedAsync("Demo-2026!"));
        Assert.Equal("credentials", await WhyRefusedAsync("wrong-password", "nobody@demo.test"));

        async Task<string?> WhyRefusedAsync(string password, string email = "agent@demo.test")
        {
            var answer = await browser.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = email,
                ["password"] = password,
                ["__RequestVerificationToken"] = token,
            }));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return Why().Match(answer.Headers.Location!.ToString()) is { Success: true } why ? why.Groups[1].Value : null;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();

    [GeneratedRegex("error=(\\w+)")]
    private static partial Regex Why();
}
