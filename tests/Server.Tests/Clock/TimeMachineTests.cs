using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Clock;

[Collection(HouseCollection.Name)]
public sealed class TimeMachineTests(House house)
{
    [Fact]
    public async Task Four_weeks_in_one_jump_remind_twice_and_then_make_a_task()
    {
        var (invoice, _) = await house.InvoiceAsync("TIME-1", email: "time-1@example.test");
        var id = invoice.GetProperty("id").GetGuid();
        var answer = await house.Api.PostAsJsonAsync("/dev/clock", new { days = 28 });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("isComplete").GetBoolean());

        var messages = (await house.GetAsync($"/api/v1/messages?invoiceId={id}")).GetProperty("data");
        Assert.Equal(2, messages.GetArrayLength());
        Assert.All(messages.EnumerateArray(), message => Assert.Equal("sent", message.GetProperty("status").GetString()));
        Assert.Equal(2, Directory.GetFiles(house.MailFolder).Count(file => File.ReadAllText(file).Contains("time-1@example.test", StringComparison.Ordinal)));
        var tasks = (await house.GetAsync("/api/v1/tasks?status=open")).GetProperty("data");
        Assert.Contains(tasks.EnumerateArray(), task => task.GetProperty("invoiceId").ValueKind == JsonValueKind.String && task.GetProperty("invoiceId").GetGuid() == id);
    }

    [Theory]
    [InlineData("""{"to":"2020-01-01T00:00:00Z"}""", "clock-forward-only")]
    [InlineData("""{"to":"tomorrow"}""", "not-an-instant")]
    [InlineData("""{"days":0}""", "days-out-of-range")]
    [InlineData("""{}""", "days-out-of-range")]
    public async Task Time_only_moves_forward_and_to_an_instant(string body, string code)
    {
        var answer = await house.Api.PostAsync("/dev/clock", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_sandbox_keeps_our_time()
    {
        await house.LaterAsync(TimeSpan.FromHours(5));
        var there = (await house.Sandbox.GetFromJsonAsync<JsonElement>("/sandbox/clock")).GetProperty("now").GetDateTimeOffset();
        Assert.InRange(house.Services.GetRequiredService<TimeProvider>().GetUtcNow() - there, TimeSpan.FromSeconds(-30), TimeSpan.FromSeconds(30));
    }
}
