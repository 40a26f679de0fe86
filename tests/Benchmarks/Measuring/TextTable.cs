using System.Globalization;
using CentralPay.Workflows.Benchmarks.Machine;

namespace CentralPay.Workflows.Benchmarks.Measuring;

/// <summary>A table as Markdown, printed row by row as the figures come.</summary>
internal sealed class TextTable
{
    private readonly int columns;

    public TextTable(string title, params string[] headings)
    {
        columns = headings.Length;
        Console.WriteLine();
        Console.WriteLine($"## {title}");
        if (MachineFacts.Load() is { } load)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Load average when it began: {load:0.0}."));
        }

        Console.WriteLine();
        Console.WriteLine($"| {string.Join(" | ", headings)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", columns))}");
    }

    public void Row(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns);
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    public static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    public static string Milliseconds(double value) => $"{Number(value)} ms";

    public static string Microseconds(double value) => $"{Number(value)} µs";

    public static string Bytes(double value) => value >= 10_240 ? $"{Number(value / 1024)} kB" : $"{value.ToString("#,0", CultureInfo.InvariantCulture)} B";
}
