using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>From the moment somebody tells of an event to the step that it resumed, on the disk, in a system that has nothing else to do.</summary>
internal static class LatencyTable
{
    private const int Events = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task PrintAsync(TestBeds beds, CancellationToken cancellationToken)
    {
        var table = new TextTable("Event to resumed step, idle system", "database", "told to", "events", "p50", "p99");
        foreach (var provider in beds.Providers)
        {
            var bed = await beds.MakeAsync(provider);
            await using var house = await House.OpenAsync(bed, Drawing.Wait);
            await using (house.RunCases())
            {
                Row(table, bed, "the node that runs the case", await MeasureAsync(new DurableCycle(house), cancellationToken));
            }

            if (provider == StorageProvider.PostgreSql)
            {
                await using var another = await house.AnotherNodeAsync();
                await using (another.RunCases())
                {
                    Row(table, bed, "another node", await MeasureAsync(new DurableCycle(house, another.Milestones), cancellationToken));
                }
            }
        }
    }

    private static async Task<Latencies> MeasureAsync(DurableCycle cycle, CancellationToken cancellationToken)
    {
        await Compiling.RestsAsync(WarmUpAsync);
        var latencies = new Latencies();
        for (var each = 0; each < Events; each++)
        {
            await latencies.TimeAsync(await WaitingAsync());
        }

        return latencies;

        async Task<Func<Task>> WaitingAsync()
        {
            var resume = await cycle.BeginAsync();
            await Task.Delay(Pause, cancellationToken);
            return resume;
        }

        async Task WarmUpAsync(TimeSpan span)
        {
            for (var beganAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(beganAt) < span;)
            {
                await (await WaitingAsync())();
            }
        }
    }

    private static void Row(TextTable table, TestBed bed, string told, Latencies latencies) =>
        table.Row(bed.Name, told, $"{latencies.Count}", TextTable.Milliseconds(latencies.At(0.5)), TextTable.Milliseconds(latencies.At(0.99)));
}
