using System.Text.Json;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Server.Live;

/// <summary>An event as the API and the hub show it.</summary>
internal sealed record EventShown(
    Guid Id, string Name, DateTimeOffset At, Guid? CustomerId, Guid? InvoiceId, Guid? SubjectId, long? AmountMinor, string? Currency, JsonElement Data)
{
    public static EventShown Of(DomainEvent happened) => new(
        happened.Id, happened.Name, happened.At, happened.CustomerId, happened.InvoiceId, happened.SubjectId, happened.AmountMinor, happened.Currency,
        JsonSerializer.Deserialize<JsonElement>(happened.DataJson));
}
