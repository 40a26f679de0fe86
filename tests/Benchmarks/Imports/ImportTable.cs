using System.Diagnostics;
using System.Globalization;
using System.Text;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Payments.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Imports;

/// <summary>How fast a file of invoices is taken in: read, checked, booked, and a case queued for each.</summary>
internal static class ImportTable
{
    private const int Customers = 2_000;

    public static async Task PrintAsync(TestBeds beds, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var table = new TextTable($"Import of {options.Rows:#,0} invoices of {Customers:#,0} customers, a case queued for each", "database", "invoices/s", "whole file", "the same file again");
        var file = Encoding.UTF8.GetBytes(File(options.Rows));
        foreach (var provider in beds.Providers)
        {
            var runs = new List<(TimeSpan First, TimeSpan Again)>();
            for (var run = 0; run < options.Runs; run++)
            {
                await using var house = await House.OpenAsync(await beds.MakeAsync(provider), ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId));
                runs.Add((await TakeInAsync(house, file, options.Rows, import => import.Accepted, cancellationToken), await TakeInAsync(house, file, options.Rows, import => import.Unchanged, cancellationToken)));
            }

            var (first, again) = runs.OrderBy(run => run.First).ElementAt(runs.Count / 2);
            table.Row(
                provider == Storage.StorageProvider.PostgreSql ? "PostgreSQL" : "SQLite",
                TextTable.Number(options.Rows / first.TotalSeconds),
                string.Create(CultureInfo.InvariantCulture, $"{first.TotalSeconds:0.00} s"),
                string.Create(CultureInfo.InvariantCulture, $"{again.TotalSeconds:0.00} s"));
        }
    }

    private static async Task<TimeSpan> TakeInAsync(House house, byte[] file, int rows, Func<InvoiceImport, int> counted, CancellationToken cancellationToken)
    {
        await using var scope = house.Open();
        var startedAt = Stopwatch.GetTimestamp();
        var import = await scope.Services.GetRequiredService<InvoiceImports>().RunAsync(file, "invoices.csv", null, cancellationToken);
        var time = Stopwatch.GetElapsedTime(startedAt);
        return counted(import) == rows ? time : throw new InvalidOperationException($"Of {rows} rows {counted(import)} did what they should: {import.RejectsJson}");
    }

    /// <summary>A file of invoices as an ERP makes it.</summary>
    internal static string File(int rows)
    {
        var text = new StringBuilder("Numéro;Numéro client;Nom client;E-mail;Montant TTC;Devise;Date d'émission;Date d'échéance;Langue;Description;Segment\n");
        for (var row = 0; row < rows; row++)
        {
            var customer = row % Customers;
            text.Append(CultureInfo.InvariantCulture, $"F-2026-{row:00000};C-{customer:0000};Client n° {customer};client{customer}@example.test;{100 + (row % 900)},{row % 100:00};EUR;15/09/2026;15/10/2026;fr;Maintenance d'éclairage;B2B\n");
        }

        return text.ToString();
    }
}
