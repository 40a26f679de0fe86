using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Measuring;

namespace CentralPay.Workflows.Benchmarks.Expressions;

/// <summary>What a condition costs, evaluated again and again on the calling thread.</summary>
internal static class CelTable
{
    private const int Batch = 10_000;

    private static readonly (string Name, string Text)[] Conditions =
    [
        ("six terms over the invoice, its customer and today", """
            invoice.amount > money("500 EUR") && customer.segment == "B2B" && daysBetween(invoice.dueDate, today) >= 10
            && invoice.open > money("0 EUR") && !invoice.disputed && invoice.status in ["Open", "Overdue"]
            """),
        ("one comparison of two amounts", """invoice.amount > money("500 EUR")"""),
        ("one text in a list of two", """invoice.status in ["Open", "Overdue"]"""),
        ("days between two dates", "daysBetween(invoice.dueDate, today) >= 10"),
        ("arithmetic over a variable", "level * 2 + 1 > 10 || level % 2 == 0"),
        ("a sum of two amounts", """invoice.amount + money("1 EUR") > money("500 EUR")"""),
    ];

    public static void Print(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable("Conditions: one thread, values of the host already read", "condition", "evaluations/s", "evaluations a second of processor", "processor each", "allocated each", "allocated at first reading");
        foreach (var (name, text) in Conditions)
        {
            var condition = Condition.Of(text);
            var first = condition.BytesOfFirst();
            Measure(condition, options.WarmUp, cancellationToken);
            var runs = Enumerable.Range(0, options.Runs).Select(_ => Measure(condition, options.Span, cancellationToken)).OrderBy(run => run.Processor).ToList();
            var (rate, processor, bytes) = runs[runs.Count / 2];
            table.Row(name, TextTable.Number(rate), TextTable.Number(1e9 / processor), $"{TextTable.Number(processor)} ns", TextTable.Bytes(bytes), TextTable.Bytes(first));
        }
    }

    /// <summary>Evaluations a second, and of each the nanoseconds of processor and the bytes.</summary>
    private static (double Rate, double Processor, double Bytes) Measure(Condition condition, TimeSpan span, CancellationToken cancellationToken)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var evaluations = 0L;
        for (; Stopwatch.GetElapsedTime(startedAt) < span; evaluations += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (condition.CountTrue(Batch) != Batch)
            {
                throw new InvalidOperationException("The condition does not hold: its figure would be of something else.");
            }
        }

        return (
            evaluations / Stopwatch.GetElapsedTime(startedAt).TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / evaluations,
            (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / evaluations);
    }
}
