namespace CentralPay.Workflows.Sandbox;

/// <summary>How the sandbox is set up; section <c>Sandbox</c> of the configuration.</summary>
public sealed class SandboxOptions
{
    /// <summary>Path of the SQLite file; a relative one is under the current directory.</summary>
    public string Database { get; init; } = "data/sandbox.db";

    /// <summary>Address under which a payer's browser reaches the payment pages.</summary>
    public string PublicUrl { get; init; } = "http://localhost:5090";

    /// <summary>How refused or unanswered webhooks are tried again.</summary>
    public Webhooks.WebhookRetry WebhookRetry { get; init; }

    /// <summary>Names of the events in webhooks; see <see cref="Webhooks.EventNames"/> for what is confirmed.</summary>
    public Webhooks.EventNames EventNames { get; init; } = new();

    /// <summary>Accounts that exist from the start, upserted at each start.</summary>
    public IReadOnlyList<Accounts.AccountSettings> Accounts { get; init; } = [];
}
