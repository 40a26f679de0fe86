using System.Text.Json;

namespace CentralPay.Workflows.Server.SandboxProcess;

/// <summary>The sandbox's own doors: accounts and its clock. Used in Development only.</summary>
internal sealed class SandboxClient(HttpClient client)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Whether it is up.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("sandbox/clock", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Opens a merchant's account there, or changes it.</summary>
    public async Task RegisterAsync(string login, SandboxAccount account, CancellationToken cancellationToken)
    {
        using var answer = await client.PutAsJsonAsync($"sandbox/accounts/{Uri.EscapeDataString(login)}", account, Web, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Opens a wallet of a third party there, or changes it.</summary>
    public async Task RegisterWalletAsync(string walletId, string name, CancellationToken cancellationToken)
    {
        using var answer = await client.PutAsJsonAsync($"sandbox/wallets/{Uri.EscapeDataString(walletId)}", new { name }, Web, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Its business time, and when it has something to do next.</summary>
    public async Task<SandboxTime> ReadClockAsync(CancellationToken cancellationToken) =>
        await client.GetFromJsonAsync<SandboxTime>("sandbox/clock", Web, cancellationToken) ?? throw new InvalidOperationException("The sandbox's clock gave an empty answer.");

    /// <summary>Moves its business time ahead; it does all that falls due on the way, webhooks included, before it answers.</summary>
    public async Task<SandboxTime> MoveClockAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("sandbox/clock", new { now }, Web, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<SandboxTime>(Web, cancellationToken) ?? throw new InvalidOperationException("The sandbox's clock gave an empty answer.");
    }
}

/// <summary>A merchant's account at the sandbox.</summary>
internal sealed record SandboxAccount(string Password, string WebhookUrl, string WebhookSecret, string MerchantName);

/// <summary>The sandbox's business time.</summary>
internal sealed record SandboxTime(DateTimeOffset Now, DateTimeOffset? NextDue);
