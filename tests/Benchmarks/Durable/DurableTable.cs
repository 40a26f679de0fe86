using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>Durable cycles by the engine, beside the same rows by hand, in the same run.</summary>
internal static class DurableTable
{
    private static readonly int[] Clients = [1, 8];

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable(
            "Durable cycles: start, wait on disk, event, end on disk",
            "database", "clients", "written by", "cycles/s", "of by hand", "p50", "p99", "processor a cycle (ours + server)", "transactions", "flushes", "log written");
        var sections = new List<(string Name, IReadOnlyDictionary<string, double> Parts)>();
        foreach (var provider in beds.Providers)
        {
            foreach (var clients in Clients)
            {
                sections.Add(($"{provider}, {clients}", await MeasureAsync(table, await beds.MakeAsync(provider), clients, options, cancellationToken)));
            }
        }

        PrintSections("Durable cycles: where the engine's time goes, microseconds a cycle", sections);
    }

    public static void PrintSections(string title, IReadOnlyList<(string Name, IReadOnlyDictionary<string, double> Parts)> sections)
    {
        string[] parts = [.. sections.SelectMany(each => each.Parts.Keys).Distinct().Order(StringComparer.Ordinal)];
        var table = new TextTable(title, ["database, clients", .. parts]);
        foreach (var (name, measured) in sections)
        {
            table.Row([name, .. parts.Select(part => measured.TryGetValue(part, out var microseconds) ? TextTable.Number(microseconds) : "")]);
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(TextTable table, TestBed bed, int clients, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await using var house = await House.OpenAsync(bed, Drawing.Wait);
        var cycle = new DurableCycle(house);
        var engineWrites = await Writes.PerCycleAsync(bed, cycle.RunAsync, house.RunCases, cancellationToken);
        HandWritten hand;
        await using (house.RunCases())
        {
            hand = new HandWritten(house, await RowsOfACycle.ReadAsync(house, await cycle.RunAsync()));
        }

        var sameWrites = await Writes.PerCycleAsync(bed, hand.RunAsEngineAsync, cancellationToken: cancellationToken);
        var leastWrites = await Writes.PerCycleAsync(bed, hand.RunAsLeastAsync, cancellationToken: cancellationToken);
        var measured = await ClosedLoop.BesideAsync(
            options,
            reference: 1,
            async () =>
            {
                await using var workers = house.RunCases();
                return await ClosedLoop.RunAsync(clients, options, _ => cycle.RunAsync(), bed.ServerProcessId, house.Sections, cancellationToken);
            },
            () => ClosedLoop.RunAsync(clients, options, _ => hand.RunAsEngineAsync(), bed.ServerProcessId, cancellationToken: cancellationToken),
            () => ClosedLoop.RunAsync(clients, options, _ => hand.RunAsLeastAsync(), bed.ServerProcessId, cancellationToken: cancellationToken));

        await MustHaveEndedAsync(house);
        Row(table, bed, clients, "the engine", measured[0], engineWrites);
        Row(table, bed, clients, "hand, the same transactions", measured[1], sameWrites);
        Row(table, bed, clients, "hand, two transactions, no queue", measured[2], leastWrites);
        return measured[0].Median.Sections;
    }

    // A statement that met no row would be quick: every case, the engine's and those by hand, must have gone the whole way.
    public static async Task MustHaveEndedAsync(House house)
    {
        await using var connection = await house.Database.OpenAsync();
        foreach (var (what, where) in new[]
        {
            ("cases that have not ended", "cases WHERE status <> 'Finished' OR finished_at IS NULL"),
            ("work left", "work_items"),
            ("waits left", "bookmarks"),
            ("cases without two rows of journal", "cases WHERE (SELECT count(*) FROM journal WHERE journal.merchant_id = cases.merchant_id AND journal.case_id = cases.id) <> 2"),
        })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {where}";
            var count = (long)(await command.ExecuteScalarAsync())!;
            if (count > 0)
            {
                throw new InvalidOperationException($"{house.Bed.Name}: {what}: {count}. The cycles did not do what they are measured for.");
            }
        }
    }

    private static void Row(TextTable table, TestBed bed, int clients, string writer, (Measure Median, double Share) measured, Writes writes)
    {
        var (measure, share) = measured;
        table.Row(
            bed.Name,
            $"{clients}",
            writer,
            TextTable.Number(measure.PerSecond),
            TextTable.Number(share),
            TextTable.Milliseconds(measure.Percentile(0.5)),
            TextTable.Milliseconds(measure.Percentile(0.99)),
            bed.Provider == StorageProvider.PostgreSql && bed.ServerProcessId is not null
                ? $"{TextTable.Microseconds(measure.OwnMicroseconds)} + {TextTable.Microseconds(measure.ServerMicroseconds)}"
                : TextTable.Microseconds(measure.OwnMicroseconds),
            TextTable.Number(writes.Transactions),
            TextTable.Number(writes.Flushes),
            TextTable.Bytes(writes.Bytes));
    }
}
