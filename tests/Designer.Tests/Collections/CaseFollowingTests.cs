using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Tests.Collections;

/// <summary>The page of a case after somebody ended it or let it go on.</summary>
public sealed class CaseFollowingTests
{
    private static readonly CaseRecord waiting = Cases.Draw(1, CaseStatus.Running);

    [Fact]
    public async Task The_page_follows_until_the_case_has_ended() =>
        Assert.Equal((1, 3), await FollowedAsync(waiting, waiting, Cases.Draw(2, CaseStatus.Finished)));

    [Fact]
    public async Task A_case_that_still_ran_before_it_ended_is_shown_twice() =>
        Assert.Equal((2, 2), await FollowedAsync(Cases.Draw(2, CaseStatus.Running), Cases.Draw(3, CaseStatus.Finished)));

    [Fact]
    public async Task A_case_that_nothing_happens_to_is_looked_at_for_a_while_only() =>
        Assert.Equal((0, CaseFollowing.MostLooks), await FollowedAsync([.. Enumerable.Repeat(waiting, 2 * CaseFollowing.MostLooks)]));

    private static async Task<(int Shown, int Looks)> FollowedAsync(params CaseRecord[] states)
    {
        var (shown, looks) = (0, 0);
        await CaseFollowing.FollowAsync(waiting, () => Task.FromResult<CaseRecord?>(states[looks++]), () => Task.FromResult(++shown), TimeSpan.Zero, CancellationToken.None);
        return (shown, looks);
    }
}
