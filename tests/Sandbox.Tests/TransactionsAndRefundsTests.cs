using System.Net;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class TransactionsAndRefundsTests : SandboxTest
{
    [Fact]
    public async Task A_captured_transaction_is_cleared_at_one_minute_past_midnight_in_paris()
    {
        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 14, 12, 0, 0, TimeSpan.Zero));
        var id = await PayAsync();

        var before = await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 14, 22, 0, 30, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2031, 7, 14, 22, 1, 0, TimeSpan.Zero), before["nextDue"]!.GetValue<DateTimeOffset>());
        Assert.Equal("CAPTURED", await StatusAsync(id));

        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 14, 22, 1, 0, TimeSpan.Zero));
        Assert.Equal("CLEARED", await StatusAsync(id));
    }

    [Fact]
    public async Task A_transaction_is_refunded_in_parts_once_cleared_and_never_beyond_its_amount()
    {
        var id = await PayAsync();
        var early = await RunningSandbox.ErrorsAsync(await RefundAsync(id), HttpStatusCode.BadRequest);
        Assert.Contains("CLEARED", RunningSandbox.Text(early, "transactionStatus"), StringComparison.Ordinal);

        await Sandbox.MoveByAsync(TimeSpan.FromDays(1));
        var first = await RunningSandbox.JsonAsync(await RefundAsync(id, "5000"));
        Assert.Equal(5000, first["amount"]!.GetValue<long>());
        await RunningSandbox.ErrorsAsync(await RefundAsync(id, "7001"), HttpStatusCode.BadRequest);
        var rest = await RunningSandbox.JsonAsync(await RefundAsync(id));
        Assert.Equal(7000, rest["amount"]!.GetValue<long>());
        await RunningSandbox.ErrorsAsync(await RefundAsync(id), HttpStatusCode.BadRequest);

        Assert.Equal(rest.ToJsonString(), (await Sandbox.GetAsync($"refund/{RunningSandbox.Text(rest, "refundId")}")).ToJsonString());
        Assert.Equal(12000, (await Sandbox.GetAsync($"transaction/{id}"))["amountRefunded"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_authorised_transaction_waits_for_its_capture_and_is_then_cleared()
    {
        var id = await PayAsync(("capture", "0"));
        Assert.Equal("SUCCESS", await StatusAsync(id));
        await Sandbox.MoveByAsync(TimeSpan.FromDays(2));
        Assert.Equal("SUCCESS", await StatusAsync(id));

        Assert.Equal("CAPTURED", RunningSandbox.Text(await RunningSandbox.JsonAsync(await Sandbox.PostAsync($"transaction/{id}/capture")), "transactionStatus"));
        await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync($"transaction/{id}/capture"), HttpStatusCode.BadRequest);
        await Sandbox.MoveByAsync(TimeSpan.FromDays(1));
        Assert.Equal("CLEARED", await StatusAsync(id));
    }

    [Fact]
    public async Task An_authorisation_not_captured_within_seven_days_lapses_and_its_money_is_gone()
    {
        var id = await PayAsync(("capture", "0"));
        await Sandbox.MoveByAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Assert.Equal("EXPIRED", await StatusAsync(id));
        Assert.Equal("UNPAID", await MoneyAsync(id));
    }

    [Fact]
    public async Task A_transaction_canceled_before_clearing_takes_its_money_out_of_the_request()
    {
        var id = await PayAsync();
        Assert.Equal("CANCELED", RunningSandbox.Text(await RunningSandbox.JsonAsync(await Sandbox.PostAsync($"transaction/{id}/cancel")), "transactionStatus"));
        Assert.Equal("UNPAID", await MoneyAsync(id));
        await Sandbox.MoveByAsync(TimeSpan.FromDays(1));
        Assert.Equal("CANCELED", await StatusAsync(id));
    }

    [Fact]
    public async Task A_cleared_transaction_can_no_longer_be_canceled()
    {
        var id = await PayAsync();
        await Sandbox.MoveByAsync(TimeSpan.FromDays(1));
        await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync($"transaction/{id}/cancel"), HttpStatusCode.BadRequest);
    }

    private async Task<string> PayAsync(params (string Name, string? Value)[] changes)
    {
        var request = await Sandbox.CreateAsync(changes);
        await Sandbox.PayAsync(request);
        return RunningSandbox.Text((await Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(request, "paymentRequestId")}"))["transaction"]!, "transactionId");
    }

    private Task<HttpResponseMessage> RefundAsync(string id, string? amount = null) =>
        Sandbox.PostAsync("refund", amount is null ? [new("transactionId", id)] : [new("transactionId", id), new("amount", amount)]);

    private async Task<string> StatusAsync(string id) => RunningSandbox.Text(await Sandbox.GetAsync($"transaction/{id}"), "transactionStatus");

    private async Task<string> MoneyAsync(string transactionId)
    {
        var transaction = await Sandbox.GetAsync($"transaction/{transactionId}");
        return RunningSandbox.Text((JsonNode)await Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(transaction, "paymentRequestId")}"), "paymentStatus");
    }
}
