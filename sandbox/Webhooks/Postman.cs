using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Faults;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>Sends webhooks: a lane for each account, oldest first. A receiver that does not answer delays no other account.</summary>
public sealed class Postman(
    IDbContextFactory<SandboxDatabase> databases, Writer writer, BusinessClock clock, FaultSwitches faults, SandboxOptions options, IHttpClientFactory clients)
{
    public const string ClientName = "webhooks";
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);
    private const int MostAtOnce = 500;

    /// <summary>Makes one attempt for each webhook due at the given instant.</summary>
    public async Task DeliverDueAsync(DateTimeOffset now, CancellationToken stopping)
    {
        List<Webhook> due;
        Dictionary<long, Account> accounts;
        await using (var database = await databases.CreateDbContextAsync(stopping))
        {
            due = await database.Webhooks.AsNoTracking().Where(w => w.State == WebhookState.Pending && w.NextAttemptDate <= now)
                .OrderBy(w => w.Number).Take(MostAtOnce).ToListAsync(stopping);
            accounts = await database.Accounts.AsNoTracking().ToDictionaryAsync(account => account.Number, stopping);
        }
        await Task.WhenAll(due.GroupBy(webhook => webhook.AccountNumber).Select(lane => DeliverLaneAsync(accounts[lane.Key], [.. lane], stopping)));
    }

    /// <summary>Lets go of what a fault switch held back.</summary>
    public Task ReleaseHeldAsync() => writer.WriteAsync(database =>
        database.Webhooks.Where(w => w.State == WebhookState.Held).ExecuteUpdateAsync(w => w.SetProperty(held => held.State, WebhookState.Pending)));

    private async Task DeliverLaneAsync(Account account, List<Webhook> lane, CancellationToken stopping)
    {
        if (lane.Count > 1 && faults.TakeWebhookFault(FaultKind.ReverseWebhooks)) lane.Reverse();
        foreach (var webhook in lane)
        {
            if (account.WebhookUrl is null)
            {
                await RecordAsync(webhook, stored => stored.State = WebhookState.Unaddressed);
                continue;
            }
            if (faults.TakeWebhookFault(FaultKind.WebhookHold))
            {
                await RecordAsync(webhook, stored => stored.State = WebhookState.Held);
                continue;
            }
            var answer = await SendAsync(account, webhook, stopping);
            if (faults.TakeWebhookFault(FaultKind.DuplicateWebhook)) await SendAsync(account, webhook, stopping);
            await RecordAsync(webhook, stored => Note(stored, answer));
        }
    }

    private void Note(Webhook webhook, (int? Status, string? Problem) answer)
    {
        var now = clock.GetUtcNow();
        webhook.Attempts++;
        webhook.LastAttemptDate = now;
        webhook.LastStatus = answer.Status;
        webhook.LastProblem = answer.Problem;
        if (answer.Status is >= 200 and < 300) webhook.State = WebhookState.Delivered;
        else if (options.WebhookRetry.After(webhook.Attempts) is { } gap) webhook.NextAttemptDate = now + gap;
        else webhook.State = WebhookState.GivenUp;
    }

    private Task<Webhook> RecordAsync(Webhook webhook, Action<Webhook> change) => writer.WriteAsync(async database =>
    {
        var stored = await database.Webhooks.SingleAsync(w => w.Number == webhook.Number);
        change(stored);
        return stored;
    });

    private async Task<(int? Status, string? Problem)> SendAsync(Account account, Webhook webhook, CancellationToken stopping)
    {
        // The receiver checks the age of a signature against its own machine's clock, so this is system time.
        var unixSeconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Signature.TryReadSecret(account.WebhookSecret, out var key);
        if (faults.TakeWebhookFault(FaultKind.BadSignature)) key = Encoding.UTF8.GetBytes("not the secret of this account");
        using var message = new HttpRequestMessage(HttpMethod.Post, account.WebhookUrl);
        message.Content = new StringContent(webhook.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));
        var id = webhook.EventId.ToString();
        message.Headers.Add("webhook-id", id);
        message.Headers.Add("webhook-timestamp", unixSeconds.ToString(CultureInfo.InvariantCulture));
        message.Headers.Add("webhook-signature", Signature.Of(key!, id, unixSeconds, webhook.Body));
        try
        {
            using var answer = await clients.CreateClient(ClientName).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stopping);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : $"answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException failure)
        {
            return (null, failure.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (null, $"no answer within {AnswerTimeout.TotalSeconds} s");
        }
    }
}
