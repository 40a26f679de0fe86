using System.Globalization;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>Nodes killed and connections cut while cases run, and whether everything happened once all the same.</summary>
internal static class CrashTable
{
    private const int Seed = 20260302;

    /// <summary>Prints both databases' runs; answers whether every rule held.</summary>
    public static async Task<bool> PrintAsync(TestBeds databases, BenchmarkOptions options, bool isOfDebits, CancellationToken cancellationToken)
    {
        var holds = true;
        foreach (var provider in databases.Providers)
        {
            var isServer = provider == StorageProvider.PostgreSql;
            var plan = new CrashPlan(options.Cases, options.Kills, isServer ? options.Cuts : 0, isServer ? 2 : 1, Seed) { IsOfDebits = isOfDebits };
            var bed = await databases.MakeAsync(provider);
            var report = await CrashRun.RunAsync(bed, plan, line => Console.Error.Write($"\r{line}          "), cancellationToken);
            Console.Error.WriteLine();
            var table = new TextTable(
                string.Create(CultureInfo.InvariantCulture, $"{bed.Name}: {plan.Cases} cases {(isOfDebits ? "collected by direct debit" : "paid by transfer")}, {plan.Nodes} node(s), {report.Kills} kills, {report.Cuts} cuts of {report.ConnectionsCut} connections, {report.Took.TotalSeconds:0} s, {report.Repeats} calls made again, {report.Callbacks} callbacks"),
                "rule", "must be", "is", "");
            foreach (var finding in report.Findings)
            {
                table.Row(finding.Rule, finding.MustBe.ToString(CultureInfo.InvariantCulture), finding.Is.ToString(CultureInfo.InvariantCulture), finding.Holds ? "holds" : "BROKEN");
            }

            if (report.IsLate)
            {
                Console.WriteLine($"It did not come to rest within {plan.Longest.TotalMinutes:0} minutes.");
            }

            holds &= report.Holds;
        }

        return holds;
    }
}
