using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Tests.Outbox;

/// <summary>How the outbox is worked is a setting; what would stand still keeps the server from starting.</summary>
public sealed class OutboxOptionsTests
{
    [Fact]
    public void The_usual_settings_hold() => Assert.Equal(16, new OutboxOptions().Checked().PerLane);

    [Theory]
    [InlineData(nameof(OutboxOptions.ClaimLimit), 0)]
    [InlineData(nameof(OutboxOptions.PerLane), 0)]
    [InlineData(nameof(OutboxOptions.AtOncePerLane), 0)]
    [InlineData(nameof(OutboxOptions.LeaseSeconds), 5)]
    [InlineData(nameof(OutboxOptions.PollMilliseconds), -1)]
    public void One_that_cannot_be_is_refused_at_the_start_by_its_name(string setting, int value)
    {
        var options = new OutboxOptions();
        typeof(OutboxOptions).GetProperty(setting)!.SetValue(options, value);

        Assert.Contains($"Outbox:{setting} is {value}", Assert.Throws<RefusedToStartException>(options.Checked).Message, StringComparison.Ordinal);
    }
}
