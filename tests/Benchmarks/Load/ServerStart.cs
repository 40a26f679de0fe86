using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Crash;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>Starts the server on a database, as it was built, and looks how long that takes and what memory it holds then.</summary>
internal static class ServerStart
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task<(TimeSpan Ready, long ResidentBytes)> MeasureAsync(TestBed bed, CancellationToken cancellationToken)
    {
        using var node = new Node("server", Node.Built("server", "CentralPay.Workflows.Server.dll"), FreePort.Next(), Settings(bed), "/health/ready");
        var startedAt = Stopwatch.GetTimestamp();
        await node.StartAsync(cancellationToken);
        var ready = Stopwatch.GetElapsedTime(startedAt);
        await Task.Delay(Settling, cancellationToken);
        return (ready, node.ResidentBytes);
    }

    private static Dictionary<string, string> Settings(TestBed bed) => new()
    {
        ["Storage__Provider"] = bed.Provider.ToString(),
        ["Storage__ConnectionString"] = bed.ConnectionString,
        ["Storage__BlobFolder"] = Path.Combine(bed.Folder, "blobs"),
        ["Demo__Seed"] = "false",
        ["Sandbox__Run"] = "false",
        ["Drop__Folder"] = "",
        ["Mail__PickupDirectory"] = Path.Combine(bed.Folder, "mail"),
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
