using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>The day's business while the house is struck: the ERP brings invoices, payers pay by transfer what they are asked for. Calls that fail are made again, as programs do.</summary>
internal sealed class Business(CrashHouse house, CrashPlan plan)
{
    private const int RowsInFile = 50;
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, bool> paid = new(StringComparer.Ordinal);

    /// <summary>Calls that had to be made again.</summary>
    public int Repeats => Volatile.Read(ref repeats);

    /// <summary>Transfers made.</summary>
    public int Transfers => paid.Count;

    /// <summary>Why the last of them had to.</summary>
    public string LastTrouble { get; private set; } = "none";

    private int repeats;

    /// <summary>Brings all invoices, file after file.</summary>
    public async Task BringInvoicesAsync(CancellationToken cancellationToken)
    {
        for (var first = 0; first < plan.Cases; first += RowsInFile)
        {
            var file = FileOf(first, Math.Min(RowsInFile, plan.Cases - first));
            await AgainUntilDoneAsync(async () =>
            {
                using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invoices/import") { Content = new StringContent(file, Encoding.UTF8, "text/csv") };
                post.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"file-{first}"));
                post.Headers.Add("X-File-Name", string.Create(CultureInfo.InvariantCulture, $"invoices-{first}.csv"));
                using var answer = await house.Client.SendAsync(post, cancellationToken);
                answer.EnsureSuccessStatusCode();
            }, cancellationToken);
        }
    }

    /// <summary>Pays every request once, as soon as it is there.</summary>
    public async Task PayAsync(CancellationToken cancellationToken)
    {
        while (paid.Count < plan.Cases)
        {
            await AgainUntilDoneAsync(() => PayOpenAsync(cancellationToken), cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task PayOpenAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await house.Client.GetFromJsonAsync<JsonObject>($"/api/v1/payment-requests?status=active&limit={PageSize}{(cursor is null ? "" : $"&cursor={cursor}")}", cancellationToken);
            foreach (var request in page!["data"]!.AsArray())
            {
                await PayAsync(request!.AsObject(), cancellationToken);
            }

            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
    }

    private async Task PayAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (request["virtualIban"]?.GetValue<string>() is not { } iban || !paid.TryAdd(request["id"]!.GetValue<string>(), true))
        {
            return;
        }

        using var answer = await house.Sandbox.PostAsJsonAsync("/sandbox/bank/transfers", new
        {
            iban,
            amountMinor = request["amountMinor"]!.GetValue<long>(),
            currency = "EUR",
            debtorName = "Zoé Lambert",
            debtorIban = "FR7630006000011234567890189",
            remittance = request["reference"]!.GetValue<string>(),
        }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task AgainUntilDoneAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                Interlocked.Increment(ref repeats);
                LastTrouble = broken.Message;
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static string FileOf(int first, int rows)
    {
        var text = new StringBuilder("number;customerNumber;customerName;customerEmail;amount;currency;issueDate;dueDate\n");
        foreach (var number in Enumerable.Range(first, rows))
        {
            text.Append(CultureInfo.InvariantCulture, $"CRASH-{number:00000};CC-{number:00000};Client {number};client{number}@crash.test;{100 + (number % 900)},00;EUR;01/10/2026;01/11/2026\n");
        }

        return text.ToString();
    }
}
