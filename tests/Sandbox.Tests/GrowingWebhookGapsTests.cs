using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class GrowingWebhookGapsTests : SandboxTest
{
    protected override string[] Settings => ["--Sandbox:WebhookRetry", "OneFiveThirtyThreeHundredSeconds"];

    [Fact]
    public async Task A_refused_webhook_is_tried_again_after_1_5_30_300_and_300_seconds()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = 500;
        await Sandbox.OpenAccountAsync("atelier", receiver.Address);
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 12000);
        await Sandbox.MoveByAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2 * 4, receiver.All.Count);
        await Sandbox.MoveByAsync(TimeSpan.FromHours(1));
        Assert.Equal(2 * 6, receiver.All.Count);
        Assert.Null((await Sandbox.InsideAsync("clock"))["nextDue"]);
    }
}
