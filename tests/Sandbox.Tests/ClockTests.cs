using System.Net;
using System.Net.Http.Json;
using System.Text;
using CentralPay.Workflows.Sandbox.Tests.Running;
using CentralPay.Workflows.Sandbox.Time;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class ClockTests : SandboxTest
{
    [Fact]
    public async Task With_nothing_to_wait_for_nothing_is_due() =>
        Assert.Null((await Sandbox.InsideAsync("clock"))["nextDue"]);

    [Fact]
    public async Task The_next_due_instant_is_the_earliest_expiry()
    {
        var now = await Sandbox.NowAsync();
        await Sandbox.CreateAsync(("deadline", RunningSandbox.Instant(now + TimeSpan.FromDays(9))));
        await Sandbox.CreateAsync(("deadline", RunningSandbox.Instant(now + TimeSpan.FromDays(3))));
        Assert.Equal(now + TimeSpan.FromDays(3), (await Sandbox.InsideAsync("clock"))["nextDue"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task The_clock_does_not_move_backward()
    {
        var answer = await Sandbox.Http.PostAsJsonAsync("/sandbox/clock", new { now = await Sandbox.NowAsync() - TimeSpan.FromHours(1) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("only moves forward", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_a_moment_behind_ours_is_taken_for_the_same()
    {
        var before = await Sandbox.NowAsync();
        var reading = await Sandbox.MoveToAsync(before);
        Assert.True(reading["now"]!.GetValue<DateTimeOffset>() >= before);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"now\":\"tomorrow\"}")]
    [InlineData("not json")]
    public async Task A_clock_setting_that_cannot_be_read_is_400(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Sandbox.Http.PostAsync("/sandbox/clock", new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode);

    [Fact]
    public async Task Everything_due_by_then_is_done_when_the_answer_comes()
    {
        var start = await Sandbox.NowAsync();
        for (var day = 1; day <= 20; day++) await Sandbox.CreateAsync(("deadline", RunningSandbox.Instant(start + TimeSpan.FromDays(day))));
        await Sandbox.MoveToAsync(start + TimeSpan.FromDays(30));
        var requests = (await Sandbox.InsideAsync("requests")).AsArray();
        Assert.All(requests, request => Assert.Equal("UNPAID", RunningSandbox.Text(request!, "paymentStatus")));
        Assert.All(requests, request => Assert.True(
            request!["endingDate"]!.GetValue<DateTimeOffset>() - request["deadline"]!.GetValue<DateTimeOffset>() < TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Business_time_survives_a_restart()
    {
        await Sandbox.MoveByAsync(TimeSpan.FromDays(40));
        var before = await Sandbox.NowAsync();
        await Sandbox.StopAsync();
        await Sandbox.StartAgainAsync();
        Assert.InRange(await Sandbox.NowAsync(), before, before + TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("2026-03-28T23:00:59Z", "2026-03-28T23:01:00Z")]
    [InlineData("2026-03-28T23:01:00Z", "2026-03-29T22:01:00Z")]
    [InlineData("2026-10-24T22:30:00Z", "2026-10-25T23:01:00Z")]
    public void One_minute_past_midnight_in_paris_follows_summer_time(string after, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            BusinessClock.NextInParis(new TimeOnly(0, 1), DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture)));
}
