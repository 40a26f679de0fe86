using System.Globalization;
using System.Runtime.InteropServices;

namespace CentralPay.Workflows.Benchmarks.Machine;

/// <summary>What the figures were measured on.</summary>
internal static class MachineFacts
{
    public static void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Measured {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC on {Environment.ProcessorCount} cores ({Processor()}), {Memory()}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Write and flush of 4 kB in {Path.GetTempPath()}: {FlushProbe.MedianMicroseconds():0} µs (median)."));
    }

    /// <summary>How many threads wanted a core over the last minute; null where the system does not tell.</summary>
    public static double? Load() =>
        File.Exists("/proc/loadavg") && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : null;

    private static string Processor() => Line("/proc/cpuinfo", "model name")?.Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Memory() =>
        Line("/proc/meminfo", "MemTotal") is { } line && long.TryParse(line.Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out var kilobytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{kilobytes / 1048576.0:0.0} GiB of memory")
            : string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:0.0} GiB of memory");

    private static string? Line(string file, string name) => !File.Exists(file) ? null
        : File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1];
}
