using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Merchants;

/// <summary>A company whose customer payments we automate. Its identity is its own merchant id.</summary>
public sealed record Merchant : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The name payers see.</summary>
    public required string Name { get; init; }

    /// <summary>Its short name in addresses and folders: lower-case letters, digits, hyphens. Unique.</summary>
    public required string Slug { get; init; }

    /// <summary>The currency of its books, ISO 4217.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>The language of its back office and the fallback of its messages, ISO 639-1.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>IANA time zone in which its days begin and its quiet hours are read.</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>The address its e-mails come from.</summary>
    public required string SenderEmail { get; init; }

    /// <summary>Scenario (definition id) of an invoice when neither invoice nor customer names one.</summary>
    public string? DefaultScenarioId { get; init; }

    /// <summary>Local hour from which nobody is contacted, 0 to 23.</summary>
    public int QuietFromHour { get; init; } = 20;

    /// <summary>Local hour until which nobody is contacted, 0 to 23.</summary>
    public int QuietUntilHour { get; init; } = 8;

    /// <summary>Hours that must pass between two messages to one customer about one invoice; 0 for none.</summary>
    public int MinimumHoursBetweenContacts { get; init; } = 24;

    /// <summary>Whether customers may be asked for a mandate and debited.</summary>
    public bool AcceptsDirectDebit { get; init; }

    /// <summary>TARGET days between its bank taking a direct debit and the debtor's account being debited, 1 or more.</summary>
    public int DebitLeadDays { get; init; } = 1;

    /// <summary>Local hour until which its bank takes direct debits of the day, 1 to 23.</summary>
    public int DebitCutOffHour { get; init; } = 11;

    /// <summary>Minutes that a reminder waits for others to the same customer, so that they go as one, 0 to 240; 0 for none.</summary>
    public int GatherMinutes { get; init; }

    /// <summary>Whether a customer without an address on the wanted channel is told by the other one.</summary>
    public bool ChannelFallback { get; init; } = true;

    /// <summary>Login at the gateway; null until it is connected.</summary>
    public string? GatewayLogin { get; init; }

    /// <summary>Password at the gateway, encrypted; null until it is connected.</summary>
    public string? GatewayPasswordProtected { get; init; }

    /// <summary>Secret with which the gateway signs its webhooks, encrypted; null until it is connected.</summary>
    public string? GatewayWebhookSecretProtected { get; init; }
}
