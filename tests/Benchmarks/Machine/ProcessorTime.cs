using System.Diagnostics;
using System.Globalization;

namespace CentralPay.Workflows.Benchmarks.Machine;

/// <summary>Processor time used so far: by this process, and by the processes of a database server that it started.</summary>
internal readonly record struct ProcessorTime(TimeSpan Own, TimeSpan Server)
{
    private const int TicksPerSecond = 100;

    public static ProcessorTime Now(int? serverProcessId)
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessorTime(self.TotalProcessorTime, serverProcessId is { } id ? OfChildren(id) : TimeSpan.Zero);
    }

    public static ProcessorTime operator -(ProcessorTime later, ProcessorTime earlier) => new(later.Own - earlier.Own, later.Server - earlier.Server);

    // proc(5): 2 is the name in parentheses, 4 the parent, 14 and 15 user and system time in clock ticks.
    private static TimeSpan OfChildren(int parent)
    {
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            {
                continue;
            }

            try
            {
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                if (int.Parse(fields[1], CultureInfo.InvariantCulture) == parent)
                {
                    ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
                continue;
            }
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
