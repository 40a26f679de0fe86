using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Benchmarks.Kernel;

/// <summary>What the engine itself costs, without a database.</summary>
internal static class KernelTable
{
    private const int StoredCycles = 10_000;

    public static async Task PrintAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable("Kernel: in memory, one thread", "run", "runs/s", "processor a run", "allocated a run", "state kept");
        await using (var alone = await KernelRuns.OpenAsync())
        {
            Alone(table, "flowchart of five steps with expressions, from start to end", Drawing.FiveStepsId, CaseSubStatus.Finished, 6, alone, options, cancellationToken);
            Alone(table, "start, one step, then a wait that is kept", Drawing.WaitId, CaseSubStatus.Suspended, 3, alone, options, cancellationToken);
        }

        var rates = new List<(double Rate, double Processor, double Bytes)>();
        for (var run = 0; run < options.Runs; run++)
        {
            // A store in memory keeps every case; each run begins with an empty one.
            await using var runs = await KernelRuns.OpenAsync();
            runs.RunStored(StoredCycles / 10, cancellationToken);
            var (time, processor, bytes) = runs.RunStored(StoredCycles, cancellationToken);
            rates.Add((StoredCycles / time.TotalSeconds, processor.TotalMicroseconds / StoredCycles, (double)bytes / StoredCycles));
        }

        var median = rates.OrderBy(rate => rate.Rate).ElementAt(rates.Count / 2);
        table.Row("event, start, wait, event, resume, end, through the store in memory", TextTable.Number(median.Rate), TextTable.Microseconds(median.Processor), TextTable.Bytes(median.Bytes), "");
    }

    private static void Alone(TextTable table, string name, string definitionId, CaseSubStatus end, int steps, KernelRuns runs, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        runs.RunAlone(definitionId, end, steps, options.WarmUp, cancellationToken);
        var all = Enumerable.Range(0, options.Runs).Select(_ => runs.RunAlone(definitionId, end, steps, options.Span, cancellationToken)).OrderBy(run => run.Runs / run.Time.TotalSeconds).ToList();
        var median = all[all.Count / 2];
        table.Row(
            name,
            TextTable.Number(median.Runs / median.Time.TotalSeconds),
            TextTable.Microseconds(median.Processor.TotalMicroseconds / median.Runs),
            TextTable.Bytes((double)median.Bytes / median.Runs),
            median.StateBytes == 0 ? "none" : TextTable.Bytes(median.StateBytes));
    }
}
