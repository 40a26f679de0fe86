using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Machine;

namespace CentralPay.Workflows.Benchmarks.Measuring;

/// <summary>Clients that begin their next cycle when their last one has ended.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan LongestCycle = TimeSpan.FromSeconds(60);

    /// <summary>Runs cycles of all clients side by side; counts those that end within the span after the warm-up.</summary>
    public static async Task<Measure> RunAsync(
        int clients, BenchmarkOptions options, Func<int, Task> cycle, int? serverProcessId = null, Sections? sections = null, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latencies = new List<double>[clients];
        var counts = false;
        var running = Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client), CancellationToken.None)).ToArray();

        await PassAsync(options.WarmUp);
        await Compiling.RestsAsync(PassAsync);
        var partsBefore = sections?.Now();
        var processorBefore = ProcessorTime.Now(serverProcessId);
        var startedAt = Stopwatch.GetTimestamp();
        Volatile.Write(ref counts, true);
        await PassAsync(options.Span);
        Volatile.Write(ref counts, false);
        var span = Stopwatch.GetElapsedTime(startedAt);
        var processor = ProcessorTime.Now(serverProcessId) - processorBefore;
        var partsAfter = sections?.Now();
        await stop.CancelAsync();
        await Task.WhenAll(running);
        cancellationToken.ThrowIfCancellationRequested();

        double[] all = [.. latencies.SelectMany(each => each).Order()];
        return new Measure
        {
            Cycles = all.Length,
            Span = span,
            Latencies = all,
            Processor = processor,
            Sections = partsBefore is null ? new Dictionary<string, double>() : Sections.Between(partsBefore, partsAfter!, all.Length),
        };

        // A client that fails ends the run at once, instead of being found at its end.
        async Task PassAsync(TimeSpan span)
        {
            var passed = Task.Delay(span, cancellationToken);
            var first = await Task.WhenAny([passed, .. running]);
            await first;
        }

        async Task ClientAsync(int client)
        {
            var own = latencies[client] = [];
            while (!stop.IsCancellationRequested)
            {
                var beganAt = Stopwatch.GetTimestamp();
                await cycle(client).WaitAsync(LongestCycle, CancellationToken.None);
                if (Volatile.Read(ref counts))
                {
                    own.Add(Stopwatch.GetElapsedTime(beganAt).TotalMilliseconds);
                }
            }
        }
    }

    /// <summary>The median of several runs.</summary>
    public static async Task<Measure> MedianAsync(BenchmarkOptions options, Func<Task<Measure>> run)
    {
        var runs = new List<Measure>();
        for (var round = 0; round < options.Runs; round++)
        {
            runs.Add(await run());
        }

        return Measure.MedianOf(runs);
    }

    /// <summary>
    /// Several ways beside each other: each round measures all of them, one after the other, so that what else the machine
    /// does meets them alike. Answers the median of each, and the median of its rate over that of the reference in the same round.
    /// </summary>
    public static async Task<IReadOnlyList<(Measure Median, double Share)>> BesideAsync(BenchmarkOptions options, int reference, params Func<Task<Measure>>[] ways)
    {
        var rounds = new List<Measure[]>();
        for (var round = 0; round < options.Runs; round++)
        {
            var measures = new Measure[ways.Length];
            for (var way = 0; way < ways.Length; way++)
            {
                measures[way] = await ways[way]();
            }

            rounds.Add(measures);
        }

        return [.. Enumerable.Range(0, ways.Length).Select(way =>
            (Measure.MedianOf(rounds.Select(round => round[way])), rounds.Select(round => round[way].PerSecond / round[reference].PerSecond).Order().ElementAt(rounds.Count / 2)))];
    }
}
