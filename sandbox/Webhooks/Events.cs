using System.Text.Json;
using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Storage;

namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>Writes events down, in the transaction of what they tell.</summary>
public sealed class Events
{
    public void Tell(SandboxDatabase database, long accountNumber, string type, object subject, DateTimeOffset now)
    {
        var eventId = Guid.CreateVersion7(now);
        database.Add(new Webhook
        {
            AccountNumber = accountNumber,
            EventId = eventId,
            Type = type,
            CreationDate = now,
            Body = JsonSerializer.Serialize(new Envelope(eventId, type, now, subject), AnswerJson.Options),
            State = WebhookState.Pending,
            NextAttemptDate = now,
        });
    }

    /// <summary>What surrounds the API object in a webhook; unconfirmed.</summary>
    private sealed record Envelope(Guid EventId, string Type, DateTimeOffset CreationDate, object Object);
}
