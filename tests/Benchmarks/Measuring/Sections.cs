using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CentralPay.Workflows.Benchmarks.Measuring;

/// <summary>Adds up how long the parts of the work take, by name: real time, waits for a core or a lock included.</summary>
internal sealed class Sections
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> ticks = new(StringComparer.Ordinal);

    public void Add(string section, long startedAt) =>
        Interlocked.Add(ref ticks.GetOrAdd(section, _ => new StrongBox<long>()).Value, Stopwatch.GetTimestamp() - startedAt);

    public IReadOnlyDictionary<string, long> Now() => ticks.ToDictionary(part => part.Key, part => Interlocked.Read(ref part.Value.Value));

    public static IReadOnlyDictionary<string, double> Between(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after, int cycles) =>
        after.ToDictionary(part => part.Key, part => (part.Value - before.GetValueOrDefault(part.Key)) * 1_000_000.0 / Stopwatch.Frequency / Math.Max(1, cycles));
}
