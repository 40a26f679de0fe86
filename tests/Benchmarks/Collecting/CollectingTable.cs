using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Payments.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Collecting;

/// <summary>Whole collecting cycles, ledger, outbox and messages included.</summary>
internal static class CollectingTable
{
    private static readonly int[] Clients = [1, 8];

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable(
            "Collecting cycles: invoice in, request, reminder, wait, payment booked, ERP told, case ended",
            "database", "clients", "written by", "cycles/s", "of by hand", "p50", "p99", "processor a cycle (ours + server)", "transactions", "flushes", "log written", "state while it waits");
        var sections = new List<(string Name, IReadOnlyDictionary<string, double> Parts)>();
        foreach (var provider in beds.Providers)
        {
            foreach (var clients in Clients)
            {
                sections.Add(($"{provider}, {clients}", await MeasureAsync(table, await beds.MakeAsync(provider), clients, options, cancellationToken)));
            }
        }

        DurableTable.PrintSections("Collecting cycles: where the engine's part of the time goes, microseconds a cycle", sections);
    }

    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(TextTable table, TestBed bed, int clients, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await using var house = await House.OpenAsync(bed, ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId));
        var cycle = new CollectingCycle(house);
        var outside = new WorldOutside(house);
        await cycle.PrepareAsync();
        LeftByHand hand;
        await using (house.RunCases())
        await using (outside.Work())
        {
            hand = await LeftByHand.ReadAsync(house, async () =>
            {
                await cycle.RunAsync();
                await NothingWaitsAsync(house, cancellationToken);
            });
        }

        var measured = await ClosedLoop.BesideAsync(
            options,
            reference: 1,
            async () =>
            {
                await using var cases = house.RunCases();
                await using var effects = outside.Work();
                return await ClosedLoop.RunAsync(clients, options, _ => cycle.RunAsync(), bed.ServerProcessId, house.Sections, cancellationToken);
            },
            () => ClosedLoop.RunAsync(clients, options, _ => hand.RunAsync(), bed.ServerProcessId, cancellationToken: cancellationToken));

        var writes = await Writes.PerCycleAsync(bed, cycle.RunAsync, () => Workers.Both(house.RunCases(), outside.Work()), cancellationToken);
        var handWrites = await Writes.PerCycleAsync(bed, hand.RunAsync, cancellationToken: cancellationToken);
        await MustBalanceAsync(house);
        Row(table, bed, clients, "the house", measured[0], writes, TextTable.Bytes(house.Milestones.WaitingStateBytes));
        Row(table, bed, clients, $"hand, the {hand.Rows} rows it leaves, each once", measured[1], handWrites, "");
        return measured[0].Median.Sections;
    }

    private static void Row(TextTable table, TestBed bed, int clients, string writer, (Measure Median, double Share) measured, Writes writes, string state)
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
            bed.ServerProcessId is null ? TextTable.Microseconds(measure.OwnMicroseconds) : $"{TextTable.Microseconds(measure.OwnMicroseconds)} + {TextTable.Microseconds(measure.ServerMicroseconds)}",
            TextTable.Number(writes.Transactions),
            TextTable.Number(writes.Flushes),
            TextTable.Bytes(writes.Bytes),
            state);
    }

    // The ERP is told of the end after the end.
    private static async Task NothingWaitsAsync(House house, CancellationToken cancellationToken)
    {
        await using var connection = await house.Database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM effects WHERE state = 'Pending') + (SELECT count(*) FROM work_items)";
        while ((long)(await command.ExecuteScalarAsync(cancellationToken))! > 0)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    // A figure of cycles that lost a cent would be worth nothing.
    private static async Task MustBalanceAsync(House house)
    {
        await using var scope = house.Open();
        var ledger = scope.Services.GetRequiredService<ILedger>();
        var total = (await ledger.TrialBalanceAsync()).Sum(balance => balance.BalanceMinor);
        var owed = await ledger.BalanceAsync(LedgerAccount.Receivable, null, null);
        if (total != 0 || owed.Any(balance => balance.Value != 0))
        {
            throw new InvalidOperationException($"The books do not balance after the cycles: total {total}, still owed {string.Join(", ", owed)}.");
        }
    }
}
