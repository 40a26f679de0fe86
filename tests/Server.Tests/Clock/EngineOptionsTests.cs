using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Server.Clock;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Tests.Clock;

/// <summary>The engine's limits are settings, each with bounds of its own.</summary>
public sealed class EngineOptionsTests
{
    [Fact]
    public void Without_settings_the_limits_are_the_usual_ones() => Assert.Equal(new EngineLimits(), new EngineOptions().ToLimits());

    [Fact]
    public void What_is_set_holds()
    {
        var limits = new EngineOptions { MaxMigratedCases = 20, MaxDecidedIncidents = 30, MaxJournalValueLength = 40 }.ToLimits();

        Assert.Equal((20, 30, 40), (limits.MaxMigratedCases, limits.MaxDecidedIncidents, limits.MaxJournalValueLength));
    }

    [Theory]
    [InlineData(nameof(EngineOptions.MaxCasesPerStimulus), 0)]
    [InlineData(nameof(EngineOptions.MaxMigratedCases), 100_001)]
    [InlineData(nameof(EngineOptions.MaxDecidedIncidents), 0)]
    [InlineData(nameof(EngineOptions.MaxDecidedIncidents), 10_001)]
    [InlineData(nameof(EngineOptions.MaxJournalValueLength), -1)]
    public void A_limit_that_cannot_be_is_refused_at_the_start_by_its_name(string setting, int value)
    {
        var options = new EngineOptions();
        typeof(EngineOptions).GetProperty(setting)!.SetValue(options, value);

        Assert.Contains($"Engine:{setting} is {value}", Assert.Throws<RefusedToStartException>(options.ToLimits).Message, StringComparison.Ordinal);
    }
}
