using System.Diagnostics;

namespace CentralPay.Workflows.Benchmarks.Machine;

/// <summary>What a commit costs here at the least: writing 4 kB and waiting for the disk.</summary>
internal static class FlushProbe
{
    private const int Tries = 300;
    private const int Bytes = 4096;

    public static double MedianMicroseconds()
    {
        var path = Path.Combine(Path.GetTempPath(), $"centralpay-flush-{Guid.NewGuid():N}");
        var block = new byte[Bytes];
        var times = new double[Tries];
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var index = 0; index < Tries; index++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times[index] = Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds;
            }
        }
        finally
        {
            File.Delete(path);
        }

        Array.Sort(times);
        return times[Tries / 2];
    }
}
