using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class WebhookTests : SandboxTest
{
    private Receiver Receiver { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver = await Receiver.StartAsync();
        await Sandbox.OpenAccountAsync("atelier", Receiver.Address);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_payment_is_told_with_the_object_as_the_api_shows_it()
    {
        var request = await PayAsync();
        Assert.Equal(["TRANSACTION_SUCCEEDED", "PAYMENTREQUEST_PAID"], Receiver.All.Select(webhook => webhook.Type));
        var told = Receiver.All[1].Json;
        Assert.Equal(Receiver.All[1].Id, RunningSandbox.Text(told, "eventId"));
        Assert.Equal(RunningSandbox.Text(request, "paymentRequestId"), RunningSandbox.Text(told["object"]!, "paymentRequestId"));
        Assert.Equal("CLOSED", RunningSandbox.Text(told["object"]!, "paymentRequestStatus"));
        Assert.NotNull(told["creationDate"]);
    }

    [Fact]
    public async Task A_webhook_carries_a_signature_that_anyone_with_the_secret_can_check()
    {
        await PayAsync();
        Assert.All(Receiver.All, webhook => Assert.Equal(Expected(webhook), webhook.Signature));
    }

    [Fact]
    public async Task The_timestamp_is_the_machines_time_even_when_business_time_is_ahead()
    {
        await Sandbox.MoveByAsync(TimeSpan.FromDays(400));
        await PayAsync();
        Assert.All(Receiver.All, webhook => Assert.True(
            Math.Abs(long.Parse(webhook.Timestamp, System.Globalization.CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) < 60));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(299)]
    public async Task Any_2xx_acknowledges(int status)
    {
        Receiver.Status = status;
        await PayAsync();
        await Sandbox.MoveByAsync(TimeSpan.FromHours(3));
        Assert.Equal(2, Receiver.All.Count);
        Assert.All(await ListAsync(), webhook => Assert.Equal("DELIVERED", RunningSandbox.Text(webhook, "state")));
    }

    [Fact]
    public async Task A_refused_webhook_is_tried_again_every_five_minutes_for_two_hours_and_then_given_up()
    {
        Receiver.Status = 500;
        await PayAsync();
        Assert.Equal(2, Receiver.All.Count);
        await Sandbox.MoveByAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(2, Receiver.All.Count);
        await Sandbox.MoveByAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(4, Receiver.All.Count);
        await Sandbox.MoveByAsync(TimeSpan.FromHours(5));
        Assert.Equal(2 * 25, Receiver.All.Count);
        Assert.All(await ListAsync(), webhook => Assert.Equal("GIVEN_UP", RunningSandbox.Text(webhook, "state")));
    }

    [Fact]
    public async Task A_webhook_is_stored_before_it_is_sent_and_is_delivered_after_a_restart()
    {
        Receiver.Status = 503;
        await PayAsync();
        var sent = Receiver.All.Count;
        await Sandbox.StopAsync();
        Receiver.Status = 200;
        await Sandbox.StartAgainAsync();
        await Sandbox.MoveByAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(sent + 2, Receiver.All.Count);
        Assert.Equal(Receiver.All[0].Id, Receiver.All[sent].Id);
        Assert.Equal(Receiver.All[0].Body, Receiver.All[sent].Body);
    }

    [Fact]
    public async Task A_payer_is_not_kept_waiting_by_a_receiver_that_is_down()
    {
        await Receiver.DisposeAsync();
        await PayAsync();
        Assert.All(await ListAsync(), webhook => Assert.Equal("PENDING", RunningSandbox.Text(webhook, "state")));
        Assert.All(await ListAsync(), webhook => Assert.NotNull(webhook["lastProblem"]));
    }

    [Fact]
    public async Task Each_change_has_its_event()
    {
        var canceled = await Sandbox.CreateAsync();
        await Sandbox.PostAsync($"paymentRequest/{RunningSandbox.Text(canceled, "paymentRequestId")}/cancel");
        var closed = await Sandbox.CreateAsync();
        await Sandbox.PostAsync($"paymentRequest/{RunningSandbox.Text(closed, "paymentRequestId")}/close");
        await Sandbox.CreateAsync(("deadline", RunningSandbox.Instant(await Sandbox.NowAsync() + TimeSpan.FromHours(1))));
        await Sandbox.PayAsync(await Sandbox.CreateAsync(), "4556104160382032");
        var partial = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(partial, 5000);
        await Sandbox.PayAsync(partial);
        await Sandbox.MoveByAsync(TimeSpan.FromDays(1));
        var transactionId = RunningSandbox.Text((await Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(partial, "paymentRequestId")}"))["transaction"]!, "transactionId");
        await RunningSandbox.JsonAsync(await Sandbox.PostAsync("refund", [new("transactionId", transactionId)]));
        await Sandbox.DrainAsync();
        Assert.Equal(
            [
                "PAYMENTREQUEST_CANCELED", "PAYMENTREQUEST_CLOSED", "PAYMENTREQUEST_PAID", "PAYMENTREQUEST_PARTIAL", "PAYMENTREQUEST_UNPAID",
                "REFUND_CREATED", "SCTTRANSACTION_RECEIVED", "TRANSACTION_FAILED", "TRANSACTION_SUCCEEDED",
            ],
            Receiver.All.Select(webhook => webhook.Type).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_duplicate_comes_twice_under_one_id()
    {
        await Sandbox.SwitchOnAsync("DuplicateWebhook");
        await PayAsync();
        Assert.Equal(3, Receiver.All.Count);
        Assert.Equal(Receiver.All[0].Id, Receiver.All[1].Id);
    }

    [Fact]
    public async Task Reversed_webhooks_come_newest_first()
    {
        await Sandbox.SwitchOnAsync("ReverseWebhooks");
        await PayAsync();
        Assert.Equal(["PAYMENTREQUEST_PAID", "TRANSACTION_SUCCEEDED"], Receiver.All.Select(webhook => webhook.Type));
    }

    [Fact]
    public async Task A_bad_signature_does_not_check()
    {
        await Sandbox.SwitchOnAsync("BadSignature");
        await PayAsync();
        Assert.NotEqual(Expected(Receiver.All[0]), Receiver.All[0].Signature);
        Assert.Equal(Expected(Receiver.All[1]), Receiver.All[1].Signature);
    }

    [Fact]
    public async Task A_held_webhook_comes_once_the_faults_are_deleted()
    {
        await Sandbox.SwitchOnAsync("WebhookHold", times: 10);
        await PayAsync();
        await Sandbox.MoveByAsync(TimeSpan.FromHours(1));
        Assert.Empty(Receiver.All);
        await Sandbox.Http.DeleteAsync("/sandbox/faults");
        await Sandbox.DrainAsync();
        Assert.Equal(2, Receiver.All.Count);
    }

    [Theory]
    [InlineData("ftp://x", RunningSandbox.Secret, "webhookUrl")]
    [InlineData("http://127.0.0.1:1/", "secret", "webhookSecret")]
    [InlineData("http://127.0.0.1:1/", null, "webhookSecret")]
    public async Task An_account_with_a_wrong_webhook_setting_is_refused_naming_the_field(string webhookUrl, string? webhookSecret, string field)
    {
        var answer = await Sandbox.Http.PutAsJsonAsync("/sandbox/accounts/other", new { password = "x", webhookUrl, webhookSecret });
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(field, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<JsonNode> PayAsync()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.PayAsync(request);
        await Sandbox.DrainAsync();
        return request;
    }

    private async Task<IEnumerable<JsonNode>> ListAsync() => (await Sandbox.InsideAsync("webhooks")).AsArray().Select(webhook => webhook!);

    /// <summary>The Standard Webhooks rule, written again from its text.</summary>
    private static string Expected(Received webhook)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(RunningSandbox.Secret["whsec_".Length..]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Timestamp}.{webhook.Body}")));
    }
}
