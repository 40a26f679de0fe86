namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>How many cases run, and how often the house is struck meanwhile.</summary>
/// <param name="Cases">Invoices that come in, each with a case and a payer of its own.</param>
/// <param name="Kills">Times that a node is killed with SIGKILL and started again.</param>
/// <param name="Cuts">Times that every connection to the database is cut; none on SQLite, which has no connections to cut.</param>
/// <param name="Nodes">Server processes on the database; SQLite has one.</param>
/// <param name="Seed">Of the moments and the nodes that are struck.</param>
internal sealed record CrashPlan(int Cases, int Kills, int Cuts, int Nodes, int Seed)
{
    /// <summary>Whether the invoices are collected by direct debit, over weeks; else they are paid by transfer, on one day.</summary>
    public bool IsOfDebits { get; init; }

    /// <summary>Between two strikes: enough for a node to come up and do something.</summary>
    public (TimeSpan Least, TimeSpan Most) Between { get; init; } = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    /// <summary>How long taken work stays with a node that died.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>How long the whole may take.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(40);
}
