using System.Net;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class LifeOfARequestTests : SandboxTest
{
    [Fact]
    public async Task A_canceled_request_takes_no_payment_on_its_page()
    {
        var request = await Sandbox.CreateAsync();
        var canceled = await RunningSandbox.JsonAsync(await Sandbox.PostAsync($"paymentRequest/{Id(request)}/cancel"));
        Assert.Equal("CANCELED", RunningSandbox.Text(canceled, "paymentRequestStatus"));
        Assert.NotNull(canceled["endingDate"]);

        var page = await Sandbox.PayAsync(request);
        Assert.Contains("canceled", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Expect(request, "CANCELED", "PENDING");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("close")]
    public async Task A_request_that_has_ended_cannot_be_ended_again(string action)
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.PayAsync(request);
        var errors = await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync($"paymentRequest/{Id(request)}/{action}"), HttpStatusCode.BadRequest);
        Assert.Contains("CLOSED", RunningSandbox.Text(errors, "paymentRequestStatus"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_closed_with_part_of_its_money_stays_partly_paid_and_keeps_the_comment()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 5000);
        var closed = await RunningSandbox.JsonAsync(await Sandbox.PostAsync($"paymentRequest/{Id(request)}/close", [new("closeComment", "rest waived")]));
        Assert.Equal("rest waived", RunningSandbox.Text(closed, "closeComment"));
        await Expect(request, "CLOSED", "PARTIAL");
    }

    [Theory]
    [InlineData("deadline")]
    [InlineData("linkExpirationDate")]
    public async Task A_request_not_paid_in_time_is_closed_and_unpaid_at_that_instant(string field)
    {
        var end = await Sandbox.NowAsync() + TimeSpan.FromDays(3);
        var request = await Sandbox.CreateAsync((field, RunningSandbox.Instant(end)));

        await Sandbox.MoveToAsync(end - TimeSpan.FromMinutes(1));
        await Expect(request, "ACTIVE", "PENDING");

        await Sandbox.MoveToAsync(end + TimeSpan.FromDays(1));
        var ended = await Expect(request, "CLOSED", "UNPAID");
        Assert.True((ended["endingDate"]!.GetValue<DateTimeOffset>() - end).Duration() < TimeSpan.FromSeconds(5));
        Assert.Contains("This link is closed", await (await Sandbox.PayAsync(request)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_participants_pay_their_own_shares_and_the_request_closes_with_the_second()
    {
        var request = await Sandbox.CreateAsync(("breakdown[]", "{amount:7000}"), ("breakdown[]", "{amount:5000}"));
        await Sandbox.PayAsync(request);
        var half = await Expect(request, "ACTIVE", "PARTIAL");
        Assert.True(half["breakdowns"]![0]!["paid"]!.GetValue<bool>());
        Assert.False(half["breakdowns"]![1]!["paid"]!.GetValue<bool>());
        Assert.Contains("Nothing is left to pay", await (await Sandbox.PayAsync(request)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await Sandbox.PayAsync(request, breakdown: 1);
        await Expect(request, "CLOSED", "PAID");
    }

    [Theory]
    [InlineData(100, 100, Ending.None, PaymentStatus.Paid)]
    [InlineData(100, 100, Ending.Expired, PaymentStatus.Paid)]
    [InlineData(100, 150, Ending.Canceled, PaymentStatus.Paid)]
    [InlineData(100, 40, Ending.None, PaymentStatus.Partial)]
    [InlineData(100, 40, Ending.Closed, PaymentStatus.Partial)]
    [InlineData(100, 40, Ending.Expired, PaymentStatus.Unpaid)]
    [InlineData(100, 0, Ending.Closed, PaymentStatus.Unpaid)]
    [InlineData(100, 0, Ending.Expired, PaymentStatus.Unpaid)]
    [InlineData(100, 0, Ending.Canceled, PaymentStatus.Pending)]
    [InlineData(100, 0, Ending.None, PaymentStatus.Pending)]
    public void The_money_axis_follows_from_what_was_paid_and_what_ended_the_request(long total, long paid, Ending ending, PaymentStatus expected) =>
        Assert.Equal(expected, Settlement.MoneyAxis(total, paid, ending));

    private async Task<JsonNode> Expect(JsonNode request, string life, string money)
    {
        var now = await Sandbox.GetAsync($"paymentRequest/{Id(request)}");
        Assert.Equal((life, money), (RunningSandbox.Text(now, "paymentRequestStatus"), RunningSandbox.Text(now, "paymentStatus")));
        return now;
    }

    private static string Id(JsonNode request) => RunningSandbox.Text(request, "paymentRequestId");
}
