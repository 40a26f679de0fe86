using CentralPay.Workflows.Benchmarks.Databases;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>One run: business on one side, strikes on the other, and the reckoning when all is quiet again.</summary>
internal static class CrashRun
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static async Task<CrashReport> RunAsync(TestBed bed, CrashPlan plan, Action<string> tell, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(plan.Longest);
        await using var house = await CrashHouse.OpenAsync(bed, plan, ending.Token);
        var began = TimeProvider.System.GetTimestamp();
        var business = new Business(house, plan);
        var strikes = new Strikes(house, plan);
        var reckoning = new Reckoning(house, plan);
        var isLate = false;
        try
        {
            await Task.WhenAll(business.BringInvoicesAsync(ending.Token), business.PayAsync(ending.Token), strikes.RunAsync(tell, ending.Token));
            while (!await QuietAsync(reckoning, tell, ending.Token))
            {
                await Task.Delay(Look, ending.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            isLate = true;
        }

        return new CrashReport(await reckoning.FindAsync(cancellationToken), TimeProvider.System.GetElapsedTime(began), strikes.Kills, strikes.Cuts, strikes.ConnectionsCut, business.Repeats, house.Erp.Calls)
        {
            IsLate = isLate,
            Output = string.Join('\n', house.Nodes.Select(node => node.Output).Prepend($"Calls made again: {business.Repeats}; the last, because: {business.LastTrouble}")),
        };
    }

    private static async Task<bool> QuietAsync(Reckoning reckoning, Action<string> tell, CancellationToken cancellationToken)
    {
        tell(await reckoning.StandAsync(cancellationToken));
        return await reckoning.IsQuietAsync(cancellationToken);
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
