using System.Diagnostics;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>How long something took, each time.</summary>
internal sealed class Latencies
{
    private readonly List<double> milliseconds = [];

    public int Count => milliseconds.Count;

    public async Task TimeAsync(Func<Task> act)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await act();
        milliseconds.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
    }

    public double At(double share)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
