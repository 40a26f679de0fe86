using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>What goes on outside while the house is struck, and what must hold when all is quiet again.</summary>
internal abstract class CrashStory(CrashHouse house, CrashPlan plan)
{
    private const int RowsInFile = 50;
    private const int PageSize = 200;

    /// <summary>The calls to the house, which may have to be made again.</summary>
    public Repeating Repeating { get; } = new();

    /// <summary>What the database says.</summary>
    public Books Books { get; } = new(house);

    protected CrashHouse House => house;

    protected CrashPlan Plan => plan;

    /// <summary>The scenario that every invoice runs through.</summary>
    protected abstract string ScenarioId { get; }

    /// <summary>Brings all that comes from outside; done when nothing more will come.</summary>
    public abstract Task LiveAsync(CancellationToken cancellationToken);

    /// <summary>Every rule with what was found.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellationToken) =>
    [
        new("cases begun, one for each invoice", plan.Cases, await Books.CountAsync($"SELECT count(*) FROM cases WHERE definition_id = '{ScenarioId}'", cancellationToken)),
        new("cases of any scenario that did not finish", 0, await Books.CountAsync("SELECT count(*) FROM cases WHERE sub_status <> 'Finished'", cancellationToken)),
        new("bursts without their one row in the journal", 0, await Books.CountAsync("SELECT count(*) FROM cases WHERE revision <> (SELECT count(*) FROM journal WHERE journal.merchant_id = cases.merchant_id AND journal.case_id = cases.id)", cancellationToken)),
        new("invoices paid", plan.Cases, await Books.CountAsync("SELECT count(*) FROM invoices WHERE status = 'Paid'", cancellationToken)),
        new("payment requests at the gateway", plan.Cases, await InSandboxAsync("paymentRequests", cancellationToken)),
        new("payment requests of ours that the gateway does not have, or has twice", 0, await Books.CountAsync("SELECT count(*) - count(DISTINCT gateway_request_id) FROM payment_requests", cancellationToken)),
        .. await FindOwnAsync(cancellationToken),
        new("entries that do not balance", 0, await Books.CountAsync("SELECT count(*) FROM (SELECT entry_id FROM ledger_lines GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) AS apart", cancellationToken)),
        new("cents that customers still owe in the books", 0, await Books.CountAsync("SELECT coalesce(sum(amount_minor), 0) FROM ledger_lines WHERE account = 'Receivable'", cancellationToken)),
        .. await FindMessagesAsync(cancellationToken),
        new("callbacks under one id with two contents", 0, house.Erp.Contradictions.Count),
        new("ERP told of an invoice paid", plan.Cases, house.Erp.CountOf("invoice.paid")),
        new("pieces of work left, claimed or not", 0, await Books.CountAsync("SELECT count(*) FROM work_items", cancellationToken)),
        new("effects left, claimed or not", 0, await Books.CountAsync("SELECT count(*) FROM effects WHERE state = 'Pending'", cancellationToken)),
        new("cases that wait for a person", 0, await Books.CountAsync("SELECT count(*) FROM incidents WHERE resolved_at IS NULL AND case_id IS NOT NULL", cancellationToken)),
    ];

    /// <summary>Whether every case has ended and nothing is left to do.</summary>
    public async Task<bool> IsOverAsync(CancellationToken cancellationToken) =>
        await EndedAsync(cancellationToken) >= plan.Cases && await NothingIsToDoAsync(cancellationToken);

    /// <summary>Called each second while cases have not ended, when nothing more comes from outside.</summary>
    public virtual Task WaitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is left to do, in figures.</summary>
    public async Task<string> StandAsync(CancellationToken cancellationToken)
    {
        var finished = await EndedAsync(cancellationToken);
        var work = await Books.CountAsync("SELECT count(*) FROM work_items", cancellationToken);
        var effects = await Books.CountAsync("SELECT count(*) FROM effects WHERE state = 'Pending'", cancellationToken);
        var incidents = await Books.CountAsync("SELECT count(*) FROM incidents WHERE resolved_at IS NULL", cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{finished} of {plan.Cases} cases finished, {work} pieces of work, {effects} effects to do, {incidents} incidents");
    }

    /// <summary>The rules of this story alone.</summary>
    protected abstract Task<IReadOnlyList<Finding>> FindOwnAsync(CancellationToken cancellationToken);

    protected async Task<bool> NothingIsToDoAsync(CancellationToken cancellationToken) =>
        await Books.CountAsync("SELECT count(*) FROM work_items", cancellationToken) == 0
        && await Books.CountAsync("SELECT count(*) FROM effects WHERE state = 'Pending'", cancellationToken) == 0;

    protected Task<long> EndedAsync(CancellationToken cancellationToken) =>
        Books.CountAsync($"SELECT count(*) FROM cases WHERE definition_id = '{ScenarioId}' AND status = 'Finished'", cancellationToken);

    /// <summary>How many of something the gateway has, over all accounts.</summary>
    protected async Task<long> InSandboxAsync(string what, CancellationToken cancellationToken) =>
        (await house.Sandbox.GetFromJsonAsync<JsonArray>("/sandbox/effects", cancellationToken))!.Sum(account => account![what]!.GetValue<long>());

    /// <summary>Brings all invoices, file after file.</summary>
    protected async Task BringInvoicesAsync(CancellationToken cancellationToken)
    {
        for (var first = 0; first < plan.Cases; first += RowsInFile)
        {
            var file = FileOf(first, Math.Min(RowsInFile, plan.Cases - first));
            await Repeating.UntilDoneAsync(async () =>
            {
                using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invoices/import") { Content = new StringContent(file, Encoding.UTF8, "text/csv") };
                post.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"file-{first}"));
                post.Headers.Add("X-File-Name", string.Create(CultureInfo.InvariantCulture, $"invoices-{first}.csv"));
                using var answer = await house.Client.SendAsync(post, cancellationToken);
                answer.EnsureSuccessStatusCode();
            }, cancellationToken);
        }
    }

    /// <summary>Does something with every row of a list of the API.</summary>
    protected async Task WithAllAsync(string list, Func<JsonObject, Task> act, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await house.Client.GetFromJsonAsync<JsonObject>($"/api/v1/{list}&limit={PageSize}{(cursor is null ? "" : $"&cursor={cursor}")}", cancellationToken);
            foreach (var row in page!["data"]!.AsArray())
            {
                await act(row!.AsObject());
            }

            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
    }

    private async Task<IReadOnlyList<Finding>> FindMessagesAsync(CancellationToken cancellationToken)
    {
        var sent = await Books.NamesAsync("SELECT provider_id FROM messages WHERE status = 'Sent'", cancellationToken);
        var unknown = await Books.NamesAsync("SELECT provider_id FROM messages WHERE status = 'Unknown'", cancellationToken);
        var mailed = house.Mails.Arrived;
        return
        [
            new("messages that arrived twice", 0, mailed.Count(message => message.Value > 1)),
            new("messages sent that did not arrive", 0, sent.Count(id => !mailed.ContainsKey(id))),
            new("messages that arrived, neither sent nor unknown", 0, mailed.Keys.Count(id => !sent.Contains(id) && !unknown.Contains(id))),
            new("messages of unknown outcome, each shown to a person", unknown.Count, await Books.CountAsync("SELECT count(*) FROM effects WHERE state = 'Unknown'", cancellationToken)),
        ];
    }

    private string FileOf(int first, int rows)
    {
        var text = new StringBuilder("number;customerNumber;customerName;customerEmail;amount;currency;issueDate;dueDate;scenario\n");
        foreach (var number in Enumerable.Range(first, rows))
        {
            text.Append(CultureInfo.InvariantCulture, $"CRASH-{number:00000};CC-{number:00000};Client {number};client{number}@crash.test;{100 + (number % 900)},00;EUR;01/10/2026;01/11/2026;{ScenarioId}\n");
        }

        return text.ToString();
    }
}

/// <summary>One rule: what must be, and what is.</summary>
internal sealed record Finding(string Rule, long MustBe, long Is)
{
    public bool Holds => MustBe == Is;
}
