using CentralPay.Workflows.Benchmarks.Machine;

namespace CentralPay.Workflows.Benchmarks.Measuring;

/// <summary>What one run showed.</summary>
internal sealed record Measure
{
    public required int Cycles { get; init; }

    public required TimeSpan Span { get; init; }

    /// <summary>How long each cycle took, shortest first, in milliseconds.</summary>
    public required double[] Latencies { get; init; }

    public required ProcessorTime Processor { get; init; }

    /// <summary>Where the time of cycles went, by name, in microseconds a cycle.</summary>
    public IReadOnlyDictionary<string, double> Sections { get; init; } = new Dictionary<string, double>();

    public double PerSecond => Cycles / Span.TotalSeconds;

    public double OwnMicroseconds => Cycles == 0 ? 0 : Processor.Own.TotalMicroseconds / Cycles;

    public double ServerMicroseconds => Cycles == 0 ? 0 : Processor.Server.TotalMicroseconds / Cycles;

    public double Percentile(double share) => Latencies.Length == 0 ? double.NaN : Latencies[Math.Min(Latencies.Length - 1, (int)(Latencies.Length * share))];

    /// <summary>The run whose rate is the median.</summary>
    public static Measure MedianOf(IEnumerable<Measure> runs)
    {
        Measure[] sorted = [.. runs.OrderBy(run => run.PerSecond)];
        return sorted[sorted.Length / 2];
    }
}
