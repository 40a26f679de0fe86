using CentralPay.Workflows.Benchmarks.Databases;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>One run: a story on one side, strikes on the other, and the reckoning when all is quiet again.</summary>
internal static class CrashRun
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static async Task<CrashReport> RunAsync(TestBed bed, CrashPlan plan, Action<string> tell, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(plan.Longest);
        await using var house = await CrashHouse.OpenAsync(bed, plan, ending.Token);
        var began = TimeProvider.System.GetTimestamp();
        CrashStory story = plan.IsOfDebits ? new DebitStory(house, plan) : new TransferStory(house, plan);
        var strikes = new Strikes(house, plan);
        var isLate = false;
        try
        {
            await Task.WhenAll(story.LiveAsync(ending.Token), strikes.RunAsync(tell, ending.Token));
            while (!await IsOverAsync(story, tell, ending.Token))
            {
                await story.WaitAsync(ending.Token);
                await Task.Delay(Look, ending.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            isLate = true;
        }

        return new CrashReport(await story.FindAsync(cancellationToken), TimeProvider.System.GetElapsedTime(began), strikes.Kills, strikes.Cuts, strikes.ConnectionsCut, story.Repeating.Calls, house.Erp.Calls)
        {
            IsLate = isLate,
            Output = string.Join('\n', house.Nodes.Select(node => node.Output).Prepend($"Calls made again: {story.Repeating.Calls}; the last, because: {story.Repeating.LastTrouble}")),
        };
    }

    private static async Task<bool> IsOverAsync(CrashStory story, Action<string> tell, CancellationToken cancellationToken)
    {
        tell(await story.StandAsync(cancellationToken));
        return await story.IsOverAsync(cancellationToken);
    }
}

/// <summary>What a run did, and what was found at its end.</summary>
internal sealed record CrashReport(IReadOnlyList<Finding> Findings, TimeSpan Took, int Kills, int Cuts, int ConnectionsCut, int Repeats, int Callbacks)
{
    /// <summary>Whether it did not come to rest in time.</summary>
    public bool IsLate { get; init; }

    /// <summary>What the nodes printed last.</summary>
    public string Output { get; init; } = "";

    public bool Holds => !IsLate && Findings.All(finding => finding.Holds);

    public override string ToString() => string.Join(Environment.NewLine, Findings.Select(finding => $"{(finding.Holds ? "  " : "! ")}{finding.Rule}: {finding.Is} (must be {finding.MustBe})")) + (IsLate ? $"{Environment.NewLine}! It did not come to rest in time." : "");
}
