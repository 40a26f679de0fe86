using System.Globalization;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks;

/// <summary>What to measure, and how long.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = "dotnet run -c Release --project tests/Benchmarks [-- kernel cel commit durable backlog latency timers waiting nodes collecting import simulate crash crash-debits] [--on PostgreSql|Sqlite] [--seconds 5] [--runs 3] [--rows 10000] [--cases 3000] [--kills 60] [--cuts 20] [--events 20000] [--timers 100000] [--waiting 1000000]";

    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { ["--seconds"] = 600, ["--runs"] = 600, ["--rows"] = Payments.Imports.ImportLimits.MaxRows, ["--cases"] = 100_000, ["--kills"] = 10_000, ["--cuts"] = 10_000, ["--events"] = 1_000_000, ["--timers"] = 1_000_000, ["--waiting"] = 10_000_000 };
    private static readonly string[] Measures = ["kernel", "cel", "commit", "durable", "backlog", "latency", "timers", "waiting", "nodes", "collecting", "import", "simulate"];

    private static readonly Dictionary<string, StorageProvider> Databases = new(StringComparer.OrdinalIgnoreCase) { ["PostgreSql"] = StorageProvider.PostgreSql, ["Sqlite"] = StorageProvider.Sqlite };

    // No measures, and long: only where they are asked for.
    private static readonly string[] All = [.. Measures, "crash", "crash-debits"];

    /// <summary>The tables asked for.</summary>
    public required IReadOnlySet<string> Tables { get; init; }

    /// <summary>The one database to measure on; null for all there are.</summary>
    public StorageProvider? On { get; init; }

    /// <summary>How long each measure counts.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long each measure runs before it counts.</summary>
    public TimeSpan WarmUp => Span < TimeSpan.FromSeconds(2) ? Span : TimeSpan.FromSeconds(2);

    /// <summary>How many times each is measured; the median is shown.</summary>
    public int Runs { get; init; } = 3;

    /// <summary>How many rows the imported file has, and how many invoices are simulated.</summary>
    public int Rows { get; init; } = 10_000;

    /// <summary>How many cases run while the house is struck.</summary>
    public int Cases { get; init; } = 3_000;

    /// <summary>How many times a node is killed.</summary>
    public int Kills { get; init; } = 60;

    /// <summary>How many times the connections to the database are cut.</summary>
    public int Cuts { get; init; } = 20;

    /// <summary>How many events are queued before they are worked off.</summary>
    public int Events { get; init; } = 20_000;

    /// <summary>How many timers are due at once.</summary>
    public int Timers { get; init; } = 100_000;

    /// <summary>How many cases wait while the house starts.</summary>
    public int Waiting { get; init; } = 1_000_000;

    public bool NeedsDatabases => Tables.Any(table => table is not ("kernel" or "cel"));

    public bool Wants(string table) => Tables.Contains(table);

    /// <summary>The options in the arguments, or what is wrong with them.</summary>
    public static (BenchmarkOptions? Options, string? Mistake) Read(string[] arguments)
    {
        var tables = new HashSet<string>(StringComparer.Ordinal);
        var options = new BenchmarkOptions { Tables = tables };
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (Most.TryGetValue(argument, out var most))
            {
                index++;
                if (index == arguments.Length || !int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > most)
                {
                    return (null, $"{argument} takes a whole number from 1 to {most}.");
                }

                options = argument switch
                {
                    "--seconds" => options with { Span = TimeSpan.FromSeconds(number) },
                    "--runs" => options with { Runs = number },
                    "--cases" => options with { Cases = number },
                    "--kills" => options with { Kills = number },
                    "--cuts" => options with { Cuts = number },
                    "--events" => options with { Events = number },
                    "--timers" => options with { Timers = number },
                    "--waiting" => options with { Waiting = number },
                    _ => options with { Rows = number },
                };
            }
            else if (argument == "--on")
            {
                index++;
                if (index == arguments.Length || !Databases.TryGetValue(arguments[index], out var provider))
                {
                    return (null, $"--on takes one of {string.Join(", ", Databases.Keys)}.");
                }

                options = options with { On = provider };
            }
            else if (All.Contains(argument))
            {
                tables.Add(argument);
            }
            else
            {
                return (null, $"Nothing here measures '{argument}'. There are: {string.Join(", ", All)}.");
            }
        }

        return (tables.Count > 0 ? options : options with { Tables = Measures.ToHashSet(StringComparer.Ordinal) }, null);
    }
}
