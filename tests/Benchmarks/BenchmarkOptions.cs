using System.Globalization;

namespace CentralPay.Workflows.Benchmarks;

/// <summary>What to measure, and how long.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = "dotnet run -c Release --project tests/Benchmarks [-- kernel commit durable collecting import simulate] [--seconds 5] [--runs 3] [--rows 10000]";

    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { ["--seconds"] = 600, ["--runs"] = 600, ["--rows"] = Payments.Imports.ImportLimits.MaxRows };
    private static readonly string[] All = ["kernel", "commit", "durable", "collecting", "import", "simulate"];

    /// <summary>The tables asked for.</summary>
    public required IReadOnlySet<string> Tables { get; init; }

    /// <summary>How long each measure counts.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long each measure runs before it counts.</summary>
    public TimeSpan WarmUp => Span < TimeSpan.FromSeconds(2) ? Span : TimeSpan.FromSeconds(2);

    /// <summary>How many times each is measured; the median is shown.</summary>
    public int Runs { get; init; } = 3;

    /// <summary>How many rows the imported file has, and how many invoices are simulated.</summary>
    public int Rows { get; init; } = 10_000;

    public bool NeedsDatabases => Tables.Any(table => table != "kernel");

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
                    _ => options with { Rows = number },
                };
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

        return (tables.Count > 0 ? options : options with { Tables = All.ToHashSet(StringComparer.Ordinal) }, null);
    }
}
