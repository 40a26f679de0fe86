using System.Data.Common;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>What must hold at the end, asked of the database itself and of the world outside, not of the product.</summary>
internal sealed class Reckoning(CrashHouse house, CrashPlan plan)
{
    private const string Ended = $"SELECT count(*) FROM cases WHERE definition_id = '{ReadyMadeScenarios.SoftDunningId}' AND status = 'Finished'";

    /// <summary>Whether nothing is left to do.</summary>
    public async Task<bool> IsQuietAsync(CancellationToken cancellationToken) =>
        await CountAsync(Ended, cancellationToken) >= plan.Cases
        && await CountAsync("SELECT count(*) FROM work_items", cancellationToken) == 0
        && await CountAsync("SELECT count(*) FROM effects WHERE state = 'Pending'", cancellationToken) == 0;

    /// <summary>What is left to do, in figures.</summary>
    public async Task<string> StandAsync(CancellationToken cancellationToken)
    {
        var finished = await CountAsync(Ended, cancellationToken);
        var work = await CountAsync("SELECT count(*) FROM work_items", cancellationToken);
        var effects = await CountAsync("SELECT count(*) FROM effects WHERE state = 'Pending'", cancellationToken);
        var incidents = await CountAsync("SELECT count(*) FROM incidents WHERE resolved_at IS NULL", cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{finished} of {plan.Cases} cases finished, {work} pieces of work, {effects} effects to do, {incidents} incidents");
    }

    /// <summary>Every rule with what was found.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellationToken)
    {
        var effects = (await house.Sandbox.GetFromJsonAsync<JsonArray>("/sandbox/effects", cancellationToken))!;
        long InSandbox(string what) => effects.Sum(account => account![what]!.GetValue<long>());
        async Task<long> Of(string sql) => await CountAsync(sql, cancellationToken);
        var sent = await NamesAsync("SELECT provider_id FROM messages WHERE status = 'Sent'", cancellationToken);
        var unknown = await NamesAsync("SELECT provider_id FROM messages WHERE status = 'Unknown'", cancellationToken);
        var mailed = house.Mails.Arrived;

        return
        [
            new("cases begun, one for each invoice", plan.Cases, await Of($"SELECT count(*) FROM cases WHERE definition_id = '{ReadyMadeScenarios.SoftDunningId}'")),
            new("cases of any scenario that did not finish", 0, await Of("SELECT count(*) FROM cases WHERE sub_status <> 'Finished'")),
            new("bursts without their one row in the journal", 0, await Of("SELECT count(*) FROM cases WHERE revision <> (SELECT count(*) FROM journal WHERE journal.merchant_id = cases.merchant_id AND journal.case_id = cases.id)")),
            new("invoices paid", plan.Cases, await Of("SELECT count(*) FROM invoices WHERE status = 'Paid'")),
            new("payment requests at the gateway", plan.Cases, InSandbox("paymentRequests")),
            new("payment requests of ours that the gateway does not have, or has twice", 0, await Of("SELECT count(*) - count(DISTINCT gateway_request_id) FROM payment_requests")),
            new("transfers made, and booked", InSandbox("transfers"), await Of("SELECT count(*) FROM payments")),
            new("entries that do not balance", 0, await Of("SELECT count(*) FROM (SELECT entry_id FROM ledger_lines GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0) AS apart")),
            new("cents that customers still owe in the books", 0, await Of("SELECT coalesce(sum(amount_minor), 0) FROM ledger_lines WHERE account = 'Receivable'")),
            new("invoices with more than one message", 0, await Of("SELECT count(*) - count(DISTINCT invoice_id) FROM messages")),
            new("messages that arrived twice", 0, mailed.Count(message => message.Value > 1)),
            new("messages sent that did not arrive", 0, sent.Count(id => !mailed.ContainsKey(id))),
            new("messages that arrived, neither sent nor unknown", 0, mailed.Keys.Count(id => !sent.Contains(id) && !unknown.Contains(id))),
            new("messages of unknown outcome, each shown to a person", unknown.Count, await Of("SELECT count(*) FROM effects WHERE state = 'Unknown'")),
            new("callbacks under one id with two contents", 0, house.Erp.Contradictions.Count),
            new("ERP told of an invoice paid", plan.Cases, house.Erp.CountOf("invoice.paid")),
            new("pieces of work left, claimed or not", 0, await Of("SELECT count(*) FROM work_items")),
            new("effects left, claimed or not", 0, await Of("SELECT count(*) FROM effects WHERE state = 'Pending'")),
            new("cases that wait for a person", 0, await Of("SELECT count(*) FROM incidents WHERE resolved_at IS NULL AND case_id IS NOT NULL")),
        ];
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        (await ReadAsync(sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken)).Single();

    private async Task<HashSet<string>> NamesAsync(string sql, CancellationToken cancellationToken) =>
        [.. await ReadAsync(sql, row => row.GetString(0), cancellationToken)];

    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using DbConnection connection = house.Bed.Provider == StorageProvider.PostgreSql
            ? new NpgsqlConnection(house.Bed.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder(house.Bed.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }
}

/// <summary>One rule: what must be, and what is.</summary>
internal sealed record Finding(string Rule, long MustBe, long Is)
{
    public bool Holds => MustBe == Is;
}
