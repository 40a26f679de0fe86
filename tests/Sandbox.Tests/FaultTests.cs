using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class FaultTests : SandboxTest
{
    private const string Create = "POST /v2/rest/paymentRequest";

    [Theory]
    [InlineData("Error500", 500)]
    [InlineData("Error403", 403)]
    public async Task An_error_answer_has_no_effect_and_comes_as_often_as_ordered(string fault, int status)
    {
        await Sandbox.SwitchOnAsync(fault, Create, times: 2);
        for (var time = 0; time < 2; time++)
            await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form()), (HttpStatusCode)status);
        Assert.Equal(0, await CountAsync());
        await Sandbox.CreateAsync();
    }

    [Theory]
    [InlineData("DropBefore", 0)]
    [InlineData("DropAfter", 1)]
    public async Task A_dropped_connection_leaves_an_effect_only_after_the_commit(string fault, int created)
    {
        await Sandbox.SwitchOnAsync(fault, Create);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Sandbox.PostAsync("paymentRequest", RunningSandbox.Form()));
        Assert.Equal(created, await CountAsync());
    }

    [Fact]
    public async Task A_drop_after_the_effect_cuts_the_answer_in_the_middle()
    {
        await Sandbox.SwitchOnAsync("DropAfter", Create);
        using var message = new HttpRequestMessage(HttpMethod.Post, "paymentRequest") { Content = new FormUrlEncodedContent(RunningSandbox.Form()) };
        using var answer = await Sandbox.Api().SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var part = new MemoryStream();
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.CopyToAsync(part));
        Assert.InRange(part.Length, 1, answer.Content.Headers.ContentLength!.Value - 1);
    }

    [Theory]
    [InlineData("TimeoutBefore", 0)]
    [InlineData("TimeoutAfter", 1)]
    public async Task A_timeout_answers_nothing_until_the_client_gives_up(string fault, int created)
    {
        await Sandbox.SwitchOnAsync(fault, Create);
        using var impatient = Sandbox.Api();
        impatient.Timeout = TimeSpan.FromSeconds(2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.PostAsync("paymentRequest", new FormUrlEncodedContent(RunningSandbox.Form())));
        Assert.Equal(created, await CountAsync());
    }

    [Fact]
    public async Task After_a_cut_answer_the_same_key_gets_the_first_answer_and_creates_nothing_more()
    {
        await Sandbox.SwitchOnAsync("DropAfter", Create);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1"));
        var again = await RunningSandbox.JsonAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1"));
        var found = Assert.Single((await Sandbox.GetAsync("paymentRequest?merchantPaymentRequestId=F-2026-001")).AsArray())!;
        Assert.Equal(RunningSandbox.Text(found, "paymentRequestId"), RunningSandbox.Text(again, "paymentRequestId"));
    }

    [Fact]
    public async Task A_slow_call_takes_its_delay_and_then_works()
    {
        await Sandbox.SwitchOnAsync("Slow", Create, delayMilliseconds: 400);
        var watch = Stopwatch.StartNew();
        await Sandbox.CreateAsync();
        Assert.True(watch.ElapsedMilliseconds >= 390);
    }

    [Fact]
    public async Task A_star_matches_any_one_segment_and_other_calls_are_spared()
    {
        var request = await Sandbox.CreateAsync();
        var id = RunningSandbox.Text(request, "paymentRequestId");
        await Sandbox.SwitchOnAsync("Error500", "POST /v2/rest/paymentRequest/*/cancel");
        await Sandbox.GetAsync($"paymentRequest/{id}");
        await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync($"paymentRequest/{id}/cancel"), HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Faults_are_listed_and_deleted()
    {
        await Sandbox.SwitchOnAsync("Slow", Create, times: 3);
        var fault = Assert.Single((await Sandbox.InsideAsync("faults")).AsArray())!;
        Assert.Equal("Slow", RunningSandbox.Text(fault, "fault"));
        Assert.Equal(3, fault["times"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, (await Sandbox.Http.DeleteAsync("/sandbox/faults")).StatusCode);
        Assert.Empty((await Sandbox.InsideAsync("faults")).AsArray());
    }

    [Theory]
    [InlineData("Explode", Create, 1, "fault")]
    [InlineData("Error500", null, 1, "match")]
    [InlineData("Error500", "paymentRequest", 1, "match")]
    [InlineData("Error500", Create, 0, "times")]
    public async Task A_wrong_fault_is_refused_naming_the_field(string fault, string? match, int times, string field)
    {
        var answer = await Sandbox.Http.PostAsJsonAsync("/sandbox/faults", new { fault, match, times });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"{field}:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<int> CountAsync() => (await Sandbox.InsideAsync("requests")).AsArray().Count;
}
