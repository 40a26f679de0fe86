using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Trials;

namespace Acme.Tests;

public sealed class WaitForCoverTests : IAsyncDisposable
{
    private readonly ScenarioTrial trial = new([typeof(WaitForCover)]);

    [Fact]
    public async Task Where_the_insurer_need_not_be_asked_the_customer_is_covered_at_once()
    {
        var run = await trial.RunAsync(typeof(WaitForCover), ("policy", "P-1"), ("askInsurer", false));

        Assert.Equal("Covered", run.Outcome());
        Assert.True(run.HasEnded);
    }

    [Theory]
    [InlineData(true, "Covered")]
    [InlineData(false, "Not covered")]
    public async Task It_waits_for_the_insurers_answer(bool covered, string outcome)
    {
        var waiting = await trial.RunAsync(typeof(WaitForCover), ("policy", "P-1"));
        Assert.Equal(trial.Now.AddDays(3), waiting.WaitsUntil);

        var answered = await trial.CompleteTaskAsync(new { covered, coverNumber = "C-17" });

        Assert.Equal(outcome, answered.Outcome());
        Assert.Equal("C-17", answered.Value<string>("coverNumber"));
    }

    [Fact]
    public async Task Without_an_answer_the_case_goes_on_when_the_time_limit_passes()
    {
        await trial.RunAsync(typeof(WaitForCover), ("policy", "P-1"), ("timeLimit", TimeSpan.FromDays(1)));

        Assert.Null((await trial.PassAsync(TimeSpan.FromHours(23))).Outcome());
        Assert.Equal("No answer", (await trial.PassAsync(TimeSpan.FromHours(1))).Outcome());
    }

    [Fact]
    public async Task Without_a_policy_a_scenario_cannot_be_published()
    {
        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => trial.RunAsync(typeof(WaitForCover)));

        Assert.Equal("policy", Assert.Single(refused.Problems).InputName);
    }

    [Fact]
    public async Task It_leads_a_scenario_the_way_the_insurer_decides()
    {
        var run = await trial.RunAsync(File.ReadAllText("credit-check.json"), "order.placed", new { amount = 12_000 });
        Assert.Equal("cover", run.WaitsAt);

        run = await trial.CompleteTaskAsync(new { covered = false });

        Assert.Equal(["start", "cover", "cover", "prepay"], run.Steps.Select(step => step.NodeId));
    }

    public ValueTask DisposeAsync() => trial.DisposeAsync();
}
