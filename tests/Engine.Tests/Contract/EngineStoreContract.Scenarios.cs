using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Contract;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Versions_of_a_scenario_are_read_back_newest_first()
    {
        var first = NewVersion("dunning", 1, isLatest: false, isPublished: true) with { Note = "First.", ChangedBy = "anna", Description = "Soft." };
        await CommitAsync(new ScenarioVersionSaved(first, 0), new ScenarioVersionSaved(NewVersion("dunning", 2), 0), new ScenarioVersionSaved(NewVersion("thanks", 1), 0));

        Assert.Equal([2, 1], (await ReadScenariosAsync(scenarios => scenarios.VersionsAsync("dunning"))).Select(version => version.Version));
        Assert.Equal(["dunning-v2", "thanks-v1"], (await ReadScenariosAsync(scenarios => scenarios.LatestAsync())).Select(version => version.Id).Order());
        Assert.Equal(first, await ReadScenariosAsync(scenarios => scenarios.PublishedAsync("dunning")));
        Assert.Equal(first, await ReadScenariosAsync(scenarios => scenarios.FindVersionAsync("dunning-v1")));
        Assert.Null(await ReadScenariosAsync(scenarios => scenarios.FindVersionAsync("dunning-v1"), OtherTenant));
    }

    [Fact]
    public async Task A_version_changed_by_somebody_else_first_is_not_overwritten()
    {
        await CommitAsync(new ScenarioVersionSaved(NewVersion("dunning", 1), 0));
        await CommitAsync(new ScenarioVersionSaved(NewVersion("dunning", 1) with { Revision = 2, Name = "Second" }, 1));

        await Assert.ThrowsAsync<RevisionConflictException>(() => CommitAsync(new ScenarioVersionSaved(NewVersion("dunning", 1) with { Revision = 2, Name = "Late" }, 1)));
        await Assert.ThrowsAsync<RevisionConflictException>(() => CommitAsync(new ScenarioVersionSaved(NewVersion("dunning", 1) with { Name = "Again" }, 0)));

        Assert.Equal("Second", (await ReadScenariosAsync(scenarios => scenarios.FindVersionAsync("dunning-v1")))!.Name);
    }
}
