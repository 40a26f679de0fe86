using System.Globalization;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>What a million cases that wait cost: a start of the house, its memory, the disk, and an event to one of them.</summary>
internal static class WaitingTable
{
    private const int Probes = 200;
    private const int WarmUps = 100;

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!beds.Providers.Contains(StorageProvider.PostgreSql))
        {
            return;
        }

        var table = new TextTable("Cases that wait, on PostgreSQL", "cases", "a case with all its rows and indexes", "server ready", "resident memory then", "event to resumed step: p50", "p99");
        var bed = await beds.MakeAsync(StorageProvider.PostgreSql);
        await using var house = await House.OpenAsync(bed, Drawing.Wait);
        await RowAsync(table, house, 0, cancellationToken);

        Guid original;
        await using (house.RunCases())
        {
            original = await new DurableCycle(house).WaitAsync();
        }

        await ManyCases.MultiplyAsync(house, original, options.Waiting);
        await RowAsync(table, house, options.Waiting, cancellationToken);
    }

    private static async Task RowAsync(TextTable table, House house, int cases, CancellationToken cancellationToken)
    {
        var (ready, memory) = await ServerStart.MeasureAsync(house.Bed, cancellationToken);
        var latencies = new Latencies();
        await using (house.RunCases())
        {
            for (var probe = -WarmUps; probe < Probes; probe++)
            {
                if (probe == 0)
                {
                    latencies = new Latencies();
                }

                await latencies.TimeAsync(cases == 0 ? await new DurableCycle(house).BeginAsync() : await ProbeAsync(house, cases, probe));
            }
        }

        table.Row(
            $"{cases:#,0}",
            cases == 0 ? "" : TextTable.Bytes((double)await ManyCases.BytesAsync(house) / cases),
            string.Create(CultureInfo.InvariantCulture, $"{ready.TotalSeconds:0.0} s"),
            $"{memory / (1024 * 1024):#,0} MB",
            TextTable.Milliseconds(latencies.At(0.5)),
            TextTable.Milliseconds(latencies.At(0.99)));
    }

    /// <summary>One of the many, somewhere among them, waits for an event that nobody else waits for.</summary>
    private static async Task<Func<Task>> ProbeAsync(House house, int cases, int probe)
    {
        var number = 1 + (int)((long)(probe + WarmUps) * cases / (Probes + WarmUps));
        await ManyCases.AwaitAsync(house, number, $"probe {number}");
        var ended = house.Milestones.Expect(await ManyCases.CaseAsync(house, number), Milestones.Finished);
        return async () =>
        {
            await DurableCycle.RaiseAsync(house, Event.Published($"probe {number}"));
            await ended;
        };
    }
}
