using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>The durable cycle as an open loop: events are queued first, and worked off as fast as can be, beside eight clients that write the rows by hand.</summary>
internal static class BacklogTable
{
    private const int AtOnce = 50;
    private const int Clients = 8;

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable(
            $"Backlog: {options.Events:#,0} events start cases, {options.Events:#,0} more end them; all are queued before they are worked off",
            "database", "events queued/s", "starts/s", "resumes/s", "cycles/s, without queueing", "hand, the same transactions, 8 clients", "of by hand", "units in a commit");
        foreach (var provider in beds.Providers)
        {
            var bed = await beds.MakeAsync(provider);
            await using var house = await House.OpenAsync(bed, Drawing.Wait);
            var hand = await ByHandAsync(house, options, cancellationToken);

            await WarmUpAsync(house, options, cancellationToken);

            string[] numbers = [.. Enumerable.Range(0, options.Events).Select(_ => Guid.CreateVersion7().ToString("N"))];
            var queued = await QueueAsync(house, numbers.Select(Begin));
            using var units = new UnitsOfCommits();
            var starts = await WorkOffAsync(house, "cases WHERE status = 'Running'", options.Events, cancellationToken);
            queued += await QueueAsync(house, numbers.Select(number => Event.Published($"go {number}")));
            var resumes = await WorkOffAsync(house, "cases WHERE status = 'Finished'", options.Events, cancellationToken);
            var perSecond = options.Events / (starts + resumes).TotalSeconds;
            table.Row(
                bed.Name,
                TextTable.Number(2 * options.Events / queued.TotalSeconds),
                TextTable.Number(options.Events / starts.TotalSeconds),
                TextTable.Number(options.Events / resumes.TotalSeconds),
                TextTable.Number(perSecond),
                TextTable.Number(hand),
                TextTable.Number(perSecond / hand),
                TextTable.Number(units.Mean));
        }
    }

    private static async Task WarmUpAsync(House house, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await using (house.RunCases())
        {
            var cycle = new DurableCycle(house);
            await ClosedLoop.RunAsync(Clients, options with { Span = TimeSpan.FromSeconds(1) }, _ => cycle.RunAsync(), cancellationToken: cancellationToken);
        }

        await EmptyAsync(house, cancellationToken);
    }

    private static async Task<double> ByHandAsync(House house, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        HandWritten hand;
        await using (house.RunCases())
        {
            hand = new HandWritten(house, await RowsOfACycle.ReadAsync(house, await new DurableCycle(house).RunAsync()));
        }

        var measured = await ClosedLoop.MedianAsync(options, () => ClosedLoop.RunAsync(Clients, options, _ => hand.RunAsEngineAsync(), cancellationToken: cancellationToken));
        await EmptyAsync(house, cancellationToken);
        return measured.PerSecond;
    }

    private static async Task EmptyAsync(House house, CancellationToken cancellationToken)
    {
        await using var connection = await house.Database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM journal; DELETE FROM cases";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Stimulus Begin(string number) => Event.Published(Drawing.Begin, $$"""{"number":"{{number}}","amount":12}""") with
    {
        OnlyDefinitionId = Drawing.WaitId,
        StartKey = number,
        Subject = new CaseSubject($"invoice:{number}", number, "C-1001"),
    };

    private static async Task<TimeSpan> QueueAsync(House house, IEnumerable<Stimulus> stimuli)
    {
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var some in stimuli.Chunk(AtOnce))
        {
            await using var scope = house.Open();
            var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
            foreach (var stimulus in some)
            {
                work.Append(new StimulusRaised(stimulus));
            }

            await work.CommitAsync();
        }

        return Stopwatch.GetElapsedTime(startedAt);
    }

    private static async Task<TimeSpan> WorkOffAsync(House house, string reached, int count, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        TimeSpan time;
        await using (house.RunCases())
        {
            while (await CountAsync(house, "work_items") > 0)
            {
                await Task.Delay(10, cancellationToken);
            }

            time = Stopwatch.GetElapsedTime(startedAt);
        }

        return await CountAsync(house, reached) == count ? time : throw new InvalidOperationException($"{house.Bed.Name}: not every event did what it should.");
    }

    private static async Task<long> CountAsync(House house, string from)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {from}";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
