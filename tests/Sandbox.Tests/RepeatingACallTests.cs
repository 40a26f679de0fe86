using System.Net;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class RepeatingACallTests : SandboxTest
{
    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_again_and_create_nothing()
    {
        var first = await (await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1")).Content.ReadAsStringAsync();
        var second = await (await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1")).Content.ReadAsStringAsync();
        Assert.Equal(first, second);
        Assert.Single((await Sandbox.InsideAsync("requests")).AsArray());
    }

    [Fact]
    public async Task The_same_key_sent_twice_at_once_creates_one_request()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1")));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        Assert.Single((await Sandbox.InsideAsync("requests")).AsArray());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_400_and_names_the_field_that_differs()
    {
        await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1");
        var answer = await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(("merchantPaymentRequestId", "F-2026-009")), "key-1");
        Assert.Contains("merchantPaymentRequestId", RunningSandbox.Text(await RunningSandbox.ErrorsAsync(answer, HttpStatusCode.BadRequest), "Idempotence-Key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_for_another_operation_is_400()
    {
        var request = await RunningSandbox.JsonAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1"));
        var answer = await Sandbox.PostAsync($"paymentRequest/{RunningSandbox.Text(request, "paymentRequestId")}/cancel", key: "key-1");
        await RunningSandbox.ErrorsAsync(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_refused_call_may_be_corrected_under_its_key()
    {
        await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(("currency", "ZZZ")), "key-1"), HttpStatusCode.BadRequest);
        await RunningSandbox.JsonAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1"));
    }

    [Fact]
    public async Task Two_accounts_may_use_the_same_key()
    {
        await Sandbox.OpenAccountAsync("rival");
        await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1");
        await RunningSandbox.JsonAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(("totalAmount", "12000")), "key-1", "rival"));
        Assert.Equal(2, (await Sandbox.InsideAsync("requests")).AsArray().Count);
    }

    [Fact]
    public async Task A_kept_answer_survives_a_restart()
    {
        var first = await (await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1")).Content.ReadAsStringAsync();
        await Sandbox.StopAsync();
        await Sandbox.StartAgainAsync();
        Assert.Equal(first, await (await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), "key-1")).Content.ReadAsStringAsync());
    }
}
