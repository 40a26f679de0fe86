using System.Diagnostics;
using System.Globalization;
using System.Text;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Imports;
using CentralPay.Workflows.Benchmarks.Machine;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Simulation;
using CentralPay.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Simulating;

/// <summary>How long it takes to see what a scenario would do in a year: invoices read from the database, cases simulated, totals and timelines made.</summary>
internal static class SimulationTable
{
    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var rows = Math.Min(options.Rows, SimulationAsk.MostInvoices);
        var table = new TextTable($"Simulation of a year of soft dunning over {rows:#,0} invoices", "payers", "whole simulation", "invoices/s", "processor", "processor an invoice", "messages", "tasks");
        await using var house = await House.OpenAsync(await beds.MakeAsync(StorageProvider.Sqlite), ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId));
        await using (var scope = house.Open())
        {
            await scope.Services.GetRequiredService<InvoiceImports>().RunAsync(Encoding.UTF8.GetBytes(ImportTable.File(rows)), "invoices.csv", null, cancellationToken);
        }

        await RowAsync("pay 20 days late", new PayerBehaviour { PaysAfterDays = 20 });
        await RowAsync("never pay", new PayerBehaviour());

        async Task RowAsync(string payers, PayerBehaviour assumed)
        {
            var ask = new SimulationAsk
            {
                DefinitionId = ReadyMadeScenarios.SoftDunningId,
                Past = new PastPeriod { From = DateOnly.MinValue, To = DateOnly.MaxValue },
                Assumed = assumed,
                Limit = rows,
            };
            var runs = new List<(TimeSpan Time, TimeSpan Processor, SimulationTotals Totals)>();
            for (var run = 0; run < options.Runs; run++)
            {
                runs.Add(await SimulateAsync(house, ask, rows, cancellationToken));
            }

            var median = runs.OrderBy(run => run.Time).ElementAt(runs.Count / 2);
            table.Row(
                payers,
                Seconds(median.Time),
                TextTable.Number(rows / median.Time.TotalSeconds),
                Seconds(median.Processor),
                TextTable.Microseconds(median.Processor.TotalMicroseconds / rows),
                TextTable.Number(median.Totals.Messages.Values.Sum()),
                TextTable.Number(median.Totals.Tasks));
        }
    }

    private static async Task<(TimeSpan Time, TimeSpan Processor, SimulationTotals Totals)> SimulateAsync(House house, SimulationAsk ask, int rows, CancellationToken cancellationToken)
    {
        await using var scope = house.Open();
        var (startedAt, before) = (Stopwatch.GetTimestamp(), ProcessorTime.Now(null));
        var result = await scope.Services.GetRequiredService<ScenarioSimulation>().RunAsync(ask, null, cancellationToken);
        var (time, processor) = (Stopwatch.GetElapsedTime(startedAt), (ProcessorTime.Now(null) - before).Own);
        return result.Totals.Cases == rows && result.Totals.Endings[CaseEnding.Stopped] == 0
            ? (time, processor, result.Totals)
            : throw new InvalidOperationException($"Of {rows} invoices {result.Totals.Cases} were simulated, {result.Totals.Endings[CaseEnding.Stopped]} of them stopped: {string.Join(',', result.Totals.Stops)}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
