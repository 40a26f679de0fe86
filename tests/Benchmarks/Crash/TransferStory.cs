using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Bridge;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>
/// The ERP brings invoices, payers pay by transfer what they are asked for. A gateway gives up telling a house that is down each
/// time it calls; of such money the house learns by asking on the days after, so that some nights may have to pass.
/// </summary>
internal sealed class TransferStory(CrashHouse house, CrashPlan plan) : CrashStory(house, plan)
{
    private const int MostNights = 4;

    // The house asks once a minute what it has to ask that day.
    private const int StillSeconds = 90;

    private readonly ConcurrentDictionary<string, bool> paid = new(StringComparer.Ordinal);

    private int still;
    private int nights;

    protected override string ScenarioId => ReadyMadeScenarios.SoftDunningId;

    public override Task LiveAsync(CancellationToken cancellationToken) => Task.WhenAll(BringInvoicesAsync(cancellationToken), PayAsync(cancellationToken));

    public override async Task WaitAsync(CancellationToken cancellationToken)
    {
        var clock = await House.Sandbox.GetFromJsonAsync<JsonObject>("/sandbox/clock", cancellationToken);
        var now = clock!["now"]!.GetValue<DateTimeOffset>();
        still = !(clock["nextDue"]?.GetValue<DateTimeOffset>() < now.AddHours(1)) && await NothingIsToDoAsync(cancellationToken) ? still + 1 : 0;
        if (still < StillSeconds || nights == MostNights)
        {
            return;
        }

        still = 0;
        nights++;
        await House.NightAsync(Books, new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) + CrashHouse.Morning, cancellationToken);
    }

    protected override async Task<IReadOnlyList<Finding>> FindOwnAsync(CancellationToken cancellationToken) =>
    [
        new("transfers made, and booked", await InSandboxAsync("transfers", cancellationToken), await Books.CountAsync("SELECT count(*) FROM payments", cancellationToken)),
        new("invoices with more than one message", 0, await Books.CountAsync("SELECT count(*) - count(DISTINCT invoice_id) FROM messages", cancellationToken)),
    ];

    // Every request once, as soon as it is there.
    private async Task PayAsync(CancellationToken cancellationToken)
    {
        while (paid.Count < Plan.Cases)
        {
            await Repeating.UntilDoneAsync(() => WithAllAsync("payment-requests?status=active", request => PayAsync(request, cancellationToken), cancellationToken), cancellationToken);
            await Task.Delay(Repeating.Pause, cancellationToken);
        }
    }

    private async Task PayAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (request["virtualIban"]?.GetValue<string>() is not { } iban || !paid.TryAdd(request["id"]!.GetValue<string>(), true))
        {
            return;
        }

        using var answer = await House.Sandbox.PostAsJsonAsync("/sandbox/bank/transfers", new
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
}
