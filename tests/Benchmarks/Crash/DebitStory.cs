using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Bridge;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>
/// The ERP brings invoices, payers sign mandates on the gateway's page, and their accounts are debited; of each third the bank
/// refuses two debits before it pays the next. Days pass overnight, with every node down.
/// </summary>
internal sealed class DebitStory(CrashHouse house, CrashPlan plan) : CrashStory(house, plan)
{
    private const int MostNights = 60;
    private const int OneIn = 3;
    private const int DebitsWhereTwoFail = 3;
    private const string Pays = "FR1420041010050500013M02606";
    private const string FailsTwice = "FR7630003000300000000000178";
    private readonly ConcurrentDictionary<string, bool> signed = new(StringComparer.Ordinal);

    protected override string ScenarioId => ReadyMadeScenarios.SepaRetryId;

    private int WhereTwoFail => (Plan.Cases + OneIn - 1) / OneIn;

    private int Debits => Plan.Cases + (WhereTwoFail * (DebitsWhereTwoFail - 1));

    public override async Task LiveAsync(CancellationToken cancellationToken)
    {
        await BringInvoicesAsync(cancellationToken);
        while (await Books.CountAsync("SELECT count(*) FROM mandates WHERE status = 'Valid'", cancellationToken) < Plan.Cases)
        {
            await Repeating.UntilDoneAsync(() => WithAllAsync("mandates?status=draft", mandate => SignAsync(mandate, cancellationToken), cancellationToken), cancellationToken);
            await Task.Delay(Repeating.Pause, cancellationToken);
        }

        // The evening's questions are asked on another day, when the last case has ended too.
        for (var nights = 0; nights < MostNights && (await EndedAsync(cancellationToken) < Plan.Cases || await NextEffectAsync(cancellationToken) is not null); nights++)
        {
            var now = await NowAsync(cancellationToken);
            while (!await IsDoneForTodayAsync(now, cancellationToken))
            {
                await Task.Delay(Repeating.Pause, cancellationToken);
            }

            await House.NightAsync(Books, await MorningAsync(now, cancellationToken), cancellationToken);
        }
    }

    protected override async Task<IReadOnlyList<Finding>> FindOwnAsync(CancellationToken cancellationToken) =>
    [
        new("mandates at the gateway", Plan.Cases, await InSandboxAsync("mandates", cancellationToken)),
        new("mandates of ours that the gateway does not have, or has twice", 0, await Books.CountAsync("SELECT count(*) - count(DISTINCT gateway_mandate_id) FROM mandates", cancellationToken)),
        new("debits at the gateway", Debits, await InSandboxAsync("directDebits", cancellationToken)),
        new("debits of ours", Debits, await Books.CountAsync("SELECT count(*) FROM direct_debits", cancellationToken)),
        new("debits of ours that the gateway does not have, or has twice", 0, await Books.CountAsync("SELECT count(*) - count(DISTINCT gateway_debit_id) FROM direct_debits", cancellationToken)),
        new("debits that brought the money, one for each invoice", Plan.Cases, await Books.CountAsync("SELECT count(DISTINCT invoice_id) FROM direct_debits WHERE status = 'Settled'", cancellationToken)),
        new("debits that the bank refused", Debits - Plan.Cases, await Books.CountAsync("SELECT count(*) FROM direct_debits WHERE status = 'Failed'", cancellationToken)),
        new("debits handed over before the customer was told", 0, await Books.CountAsync("SELECT count(*) FROM direct_debits WHERE announced_at IS NULL", cancellationToken)),
        new("payments booked, one for each invoice", Plan.Cases, await Books.CountAsync("SELECT count(*) FROM payments", cancellationToken)),
    ];

    private async Task SignAsync(JsonObject mandate, CancellationToken cancellationToken)
    {
        if (mandate["signingPage"]?.GetValue<string>() is not { } page || !signed.TryAdd(page, true))
        {
            return;
        }

        var account = signed.Count <= WhereTwoFail ? FailsTwice : Pays;
        await PostAsync(page, new() { ["holder"] = "Zoé Lambert", ["iban"] = account });
        await PostAsync($"{page}/code", new() { ["code"] = "123456" });

        async Task PostAsync(string address, Dictionary<string, string> form)
        {
            using var answer = await House.Payer.PostAsync(address, new FormUrlEncodedContent(form), cancellationToken);
            if ((int)answer.StatusCode >= 400)
            {
                throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private async Task<bool> IsDoneForTodayAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await Books.CountAsync("SELECT count(*) FROM work_items", cancellationToken) == 0
        && !(await NextEffectAsync(cancellationToken) <= now.AddHours(1));

    // The next day on which the house or the gateway has something to do, at the hour at which the run began: in time for the bank's cut-off.
    private async Task<DateTimeOffset> MorningAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var clock = await House.Sandbox.GetFromJsonAsync<JsonObject>("/sandbox/clock", cancellationToken);
        DateTimeOffset?[] due = [await NextEffectAsync(cancellationToken), clock!["nextDue"]?.GetValue<DateTimeOffset>()];
        var day = due.Min() is { } next && next > now ? next.UtcDateTime.Date : now.UtcDateTime.Date;
        return new DateTimeOffset(day > now.UtcDateTime.Date ? day : day.AddDays(1), TimeSpan.Zero) + CrashHouse.Morning;
    }

    private Task<DateTimeOffset?> NextEffectAsync(CancellationToken cancellationToken) => Books.InstantAsync("SELECT min(due_at) FROM effects WHERE state = 'Pending'", cancellationToken);

    private async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UnixEpoch;
        await Repeating.UntilDoneAsync(async () => now = (await House.Client.GetFromJsonAsync<JsonObject>("/dev/clock", cancellationToken))!["now"]!.GetValue<DateTimeOffset>(), cancellationToken);
        return now;
    }
}
