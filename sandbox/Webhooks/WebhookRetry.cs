namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>When a webhook is tried again; CentralPay's guide and product page differ, so both can be chosen.</summary>
public enum WebhookRetry
{
    /// <summary>The guide: every five minutes during two hours, so 24 times.</summary>
    FiveMinutesForTwoHours,

    /// <summary>The product page: up to five retries after 1, 5, 30, 300 seconds. It lists four gaps for five retries; the last gap is repeated.</summary>
    OneFiveThirtyThreeHundredSeconds,
}

/// <summary>The gaps of a policy.</summary>
public static class WebhookRetryGaps
{
    private static readonly TimeSpan[] EveryFiveMinutes = [.. Enumerable.Repeat(TimeSpan.FromMinutes(5), 24)];
    private static readonly TimeSpan[] Growing =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(300)];

    /// <summary>How long after this many attempts the next one comes; null: it is given up.</summary>
    public static TimeSpan? After(this WebhookRetry policy, int attempts)
    {
        var gaps = policy == WebhookRetry.FiveMinutesForTwoHours ? EveryFiveMinutes : Growing;
        return attempts <= gaps.Length ? gaps[attempts - 1] : null;
    }
}
