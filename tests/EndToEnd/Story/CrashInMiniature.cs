using CentralPay.Workflows.Benchmarks.Crash;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>Nodes are killed and connections cut while cases run; at the end everything has happened once. The long run is <c>tests/Benchmarks -- crash</c>.</summary>
public sealed class CrashInMiniature
{
    private const int Seed = 7;

    [Fact]
    public Task Two_nodes_on_PostgreSQL_killed_and_cut_off_do_everything_once() =>
        MustHoldAsync(StorageProvider.PostgreSql, new CrashPlan(Cases: 60, Kills: 3, Cuts: 2, Nodes: 2, Seed));

    [Fact]
    public Task One_node_on_SQLite_killed_and_started_again_does_everything_once() =>
        MustHoldAsync(StorageProvider.Sqlite, new CrashPlan(Cases: 40, Kills: 2, Cuts: 0, Nodes: 1, Seed));

    private static async Task MustHoldAsync(StorageProvider provider, CrashPlan plan)
    {
        await using var databases = await TestBeds.OpenAsync(only: null, CancellationToken.None);
        var report = await CrashRun.RunAsync(await databases.MakeAsync(provider), plan with { Lease = TimeSpan.FromSeconds(20), Longest = TimeSpan.FromMinutes(5) }, _ => { }, CancellationToken.None);
        Assert.True(report.Holds, $"{report}{Environment.NewLine}{report.Output}");
    }
}
