using System.Diagnostics;
using System.Globalization;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>Many timers that are due at once (reminders of a whole portfolio at eight in the morning), and events that come meanwhile.</summary>
internal static class TimersTable
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(100);

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!beds.Providers.Contains(StorageProvider.PostgreSql))
        {
            return;
        }

        var table = new TextTable(
            $"{options.Timers:#,0} timers due at once, on PostgreSQL, and an event every {BetweenEvents.TotalMilliseconds:0} ms meanwhile",
            "timers/s", "until all had fired and their cases ended", "events meanwhile", "event to resumed step: p50", "p99", "units in a commit");
        await using var house = await House.OpenAsync(await beds.MakeAsync(StorageProvider.PostgreSql), Drawing.Wait, Drawing.Delay);
        await ManyCases.MultiplyAsync(house, await DelayedAsync(house), options.Timers - 1);

        var cycle = new DurableCycle(house);
        var latencies = new Latencies();
        using var units = new UnitsOfCommits();
        await ManyCases.ExecuteAsync(house, "UPDATE bookmarks SET due_at = @now WHERE due_at IS NOT NULL", ("now", house.Clock.GetUtcNow()));
        var startedAt = Stopwatch.GetTimestamp();
        await using (house.RunCases())
        {
            while (await ManyCases.CountAsync(house, $"(SELECT 1 FROM cases WHERE definition_id = '{Drawing.DelayId}' AND status = 'Running' LIMIT 1) one") > 0)
            {
                var resume = await cycle.BeginAsync();
                await latencies.TimeAsync(resume);
                await Task.Delay(BetweenEvents, cancellationToken);
            }
        }

        var time = Stopwatch.GetElapsedTime(startedAt);
        table.Row(
            TextTable.Number(options.Timers / time.TotalSeconds),
            string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
            $"{latencies.Count}",
            TextTable.Milliseconds(latencies.At(0.5)),
            TextTable.Milliseconds(latencies.At(0.99)),
            TextTable.Number(units.Mean));
    }

    /// <summary>A case that waits for a time.</summary>
    private static async Task<Guid> DelayedAsync(House house)
    {
        var number = Guid.CreateVersion7().ToString("N");
        var caseId = StimulusRouting.CaseId(house.MerchantId, StimulusRouting.StartKey(Drawing.DelayId, number));
        var waits = house.Milestones.Expect(caseId, Milestones.WaitsAt(Drawing.WaitNodeId));
        await using (var scope = house.Open())
        {
            var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new StimulusRaised(Event.Published(Drawing.Begin, $$"""{"number":"{{number}}","amount":12}""") with
            {
                OnlyDefinitionId = Drawing.DelayId,
                StartKey = number,
                Subject = new CaseSubject($"invoice:{number}", number, "C-1001"),
            }));
            await work.CommitAsync();
        }

        await using (house.RunCases())
        {
            await waits;
        }

        return caseId;
    }
}
