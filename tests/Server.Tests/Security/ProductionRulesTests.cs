using CentralPay.Workflows.Server.Composition;
using CentralPay.Workflows.Server.Security;
using Microsoft.AspNetCore.Builder;

namespace CentralPay.Workflows.Server.Tests.Security;

public sealed class ProductionRulesTests
{
    [Theory]
    [InlineData("Sandbox:Run")]
    [InlineData("Demo:Seed")]
    [InlineData("TimeMachine:Enabled")]
    public async Task Pretended_money_people_and_time_do_not_start_in_Production(string setting)
    {
        var refusal = await Assert.ThrowsAsync<RefusedToStartException>(() => ServerHost.BuildAsync(new WebApplicationOptions { EnvironmentName = "Production", Args = [$"--{setting}=true"] }));
        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payers_links_need_an_address_in_Production()
    {
        var refusal = await Assert.ThrowsAsync<RefusedToStartException>(() => ServerHost.BuildAsync(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = Path.GetTempPath() }));
        Assert.Contains("Payer:PublicUrl", refusal.Message, StringComparison.Ordinal);
    }
}
