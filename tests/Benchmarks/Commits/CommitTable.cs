using System.Collections.Concurrent;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Commits;

/// <summary>What one commit of one small row costs: in the unit of work, and by hand.</summary>
internal static class CommitTable
{
    private static readonly int[] Clients = [1, 8];

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable("Commits of one row (an event of the domain)", "database", "clients", "written by", "commits/s", "of by hand", "p50", "p99", "processor a commit");
        foreach (var provider in beds.Providers)
        {
            foreach (var clients in Clients)
            {
                var bed = await beds.MakeAsync(provider);
                await using var house = await House.OpenAsync(bed);
                // On PostgreSQL each client keeps its connection; SQLite has one writer.
                var connections = new ConcurrentDictionary<int, HandConnection>();
                var measured = await ClosedLoop.BesideAsync(
                    options,
                    reference: 1,
                    () => ClosedLoop.RunAsync(clients, options, _ => InScopeAsync(house), bed.ServerProcessId, cancellationToken: cancellationToken),
                    () => ClosedLoop.RunAsync(clients, options, client => ByHandAsync(house, connections, client), bed.ServerProcessId, cancellationToken: cancellationToken));
                foreach (var connection in connections.Values)
                {
                    await connection.DisposeAsync();
                }

                Row(table, bed, clients, "the unit of work, in a scope of its own", measured[0]);
                Row(table, bed, clients, "hand", measured[1]);
            }
        }
    }

    private static void Row(TextTable table, TestBed bed, int clients, string writer, (Measure Median, double Share) measured)
    {
        var (measure, share) = measured;
        table.Row(
            bed.Name, $"{clients}", writer, TextTable.Number(measure.PerSecond), TextTable.Number(share), TextTable.Milliseconds(measure.Percentile(0.5)), TextTable.Milliseconds(measure.Percentile(0.99)),
            bed.ServerProcessId is null ? TextTable.Microseconds(measure.OwnMicroseconds) : $"{TextTable.Microseconds(measure.OwnMicroseconds)} + {TextTable.Microseconds(measure.ServerMicroseconds)}");
    }

    private static async Task InScopeAsync(House house)
    {
        await using var scope = house.Open();
        scope.Records.Raise(Happened(house));
        await scope.Records.CommitAsync();
    }

    private static DomainEvent Happened(House house) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = house.MerchantId,
        Name = EventNames.ImportCompleted,
        At = house.Clock.GetUtcNow(),
        DataJson = "{}",
    };

    private static async Task ByHandAsync(House house, ConcurrentDictionary<int, HandConnection> connections, int client)
    {
        var isPostgres = house.Bed.Provider == StorageProvider.PostgreSql;
        var statement = new HandStatement(
            "INSERT INTO domain_events (id, merchant_id, revision, name, at, data_json) VALUES ($1, $2, 0, $3, $4, '{}')",
            isPostgres ? Guid.CreateVersion7() : Guid.CreateVersion7().ToString().ToUpperInvariant(),
            isPostgres ? house.MerchantId : house.MerchantId.ToString().ToUpperInvariant(),
            EventNames.ImportCompleted,
            house.Database.Dialect.Instant(house.Clock.GetUtcNow()));
        if (isPostgres)
        {
            if (!connections.TryGetValue(client, out var connection))
            {
                connections[client] = connection = new HandConnection(await house.Database.WriteAsync());
            }

            await connection.TransactAsync(statement);
            return;
        }

        await using var writer = new HandConnection(await house.Database.WriteAsync());
        await writer.TransactAsync(statement);
    }
}
