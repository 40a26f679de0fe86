namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>Where a webhook stands: to be sent, held by a fault switch, taken by the receiver, given up, or without an address to go to.</summary>
public enum WebhookState { Pending, Held, Delivered, GivenUp, Unaddressed }

/// <summary>One event to tell a merchant, stored with the change it tells of and before it is sent.</summary>
public sealed class Webhook
{
    public long Number { get; init; }
    public required long AccountNumber { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>The body, as every attempt sends it.</summary>
    public required string Body { get; init; }

    public required WebhookState State { get; set; }
    public required DateTimeOffset NextAttemptDate { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? LastAttemptDate { get; set; }

    /// <summary>HTTP status of the last attempt; null when there was no answer.</summary>
    public int? LastStatus { get; set; }

    public string? LastProblem { get; set; }
}
