using System.Globalization;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Storage;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>One node and two on the same PostgreSQL, with the same clients. The nodes are two houses in this one process.</summary>
internal static class NodesTable
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(1);

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!beds.Providers.Contains(StorageProvider.PostgreSql))
        {
            return;
        }

        var table = new TextTable("Durable cycles by one node and by two, on PostgreSQL", "database", "clients", "bursts side by side in a node", "one node", "two nodes", "of one");
        foreach (var clients in (int[])[8, 32])
        {
            await RowAsync(table, "on this machine: processor is the bound", await beds.MakeAsync(StorageProvider.PostgreSql), clients, new EngineLimits(), options, cancellationToken);
        }


        var bed = await beds.MakeAsync(StorageProvider.PostgreSql);
        var address = new NpgsqlConnectionStringBuilder(bed.ConnectionString);
        await using var line = new SlowLine(address.Port, Later);
        (address.Host, address.Port) = ("127.0.0.1", line.Port);
        await RowAsync(
            table,
            string.Create(CultureInfo.InvariantCulture, $"{Later.TotalMilliseconds:0} ms away: the way is the bound"),
            bed with { ConnectionString = address.ConnectionString },
            8,
            new EngineLimits { Parallelism = 1 },
            options,
            cancellationToken);
    }

    private static async Task RowAsync(TextTable table, string where, TestBed bed, int clients, EngineLimits limits, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await using var first = await House.OpenAsync(bed, limits, Drawing.Wait);
        await using var second = await first.AnotherNodeAsync();
        var cycles = new[] { new DurableCycle(first, first.Milestones, second.Milestones), new DurableCycle(second, first.Milestones, second.Milestones) };
        var measured = await ClosedLoop.BesideAsync(
            options,
            reference: 0,
            async () =>
            {
                await using var workers = first.RunCases();
                return await ClosedLoop.RunAsync(clients, options, _ => cycles[0].RunAsync(), cancellationToken: cancellationToken);
            },
            async () =>
            {
                await using var workers = Workers.Both(first.RunCases(), second.RunCases());
                return await ClosedLoop.RunAsync(clients, options, client => cycles[client % 2].RunAsync(), cancellationToken: cancellationToken);
            });
        await DurableTable.MustHaveEndedAsync(first);
        table.Row(where, $"{clients}", $"{limits.Parallelism}", $"{TextTable.Number(measured[0].Median.PerSecond)}/s", $"{TextTable.Number(measured[1].Median.PerSecond)}/s", TextTable.Number(measured[1].Share));
    }
}
