using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>Tells what became of an effect: the answer to whoever waits for it, and an incident where a person must look.</summary>
internal static class EffectNews
{
    private const string GatewayKinds = "gateway.";
    private const int MostIncidentsRead = 200;

    public static async Task AppendAsync(IMerchantScope scope, Effect effect, EffectSettlement settlement, DateTimeOffset now)
    {
        if (settlement.StatusCode is 401 or 403 && effect.Kind.StartsWith(GatewayKinds, StringComparison.Ordinal) && settlement.State != EffectState.Delivered)
        {
            await RaiseOnceAsync(scope, IncidentKind.Configuration, "gateway-credentials", settlement.Error ?? "", now);
        }

        if (settlement.State == EffectState.Pending)
        {
            return;
        }

        scope.Records.Raise(Event(effect, EventNames.EffectAnswered, now, new
        {
            key = effect.Key,
            outcome = settlement.State.ToString(),
            answer = settlement.AnswerJson is { } answer ? JsonSerializer.Deserialize<JsonElement>(answer) : (JsonElement?)null,
        }));
        if (settlement.State is EffectState.GivenUp or EffectState.Unknown)
        {
            scope.Records.Raise(Event(effect, EventNames.EffectFailed, now, new { key = effect.Key, kind = effect.Kind, error = settlement.Error }));
            Raise(scope, IncidentKind.Outside, $"{effect.Kind}.{settlement.State.ToString().ToLowerInvariant()}", await SentenceAsync(scope.Records, effect, settlement), now);
        }
    }

    // The words of the cause stand on the page; the message says which one it was, and what the destination said.
    private static async Task<string> SentenceAsync(IMerchantRecords records, Effect effect, EffectSettlement settlement)
    {
        var invoice = effect.InvoiceId is { } id ? await records.FindAsync<Invoice>(id) : null;
        var error = settlement.Error ?? settlement.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "";
        return invoice is null ? error : $"{invoice.Number}: {error}";
    }

    private static async Task RaiseOnceAsync(IMerchantScope scope, IncidentKind kind, string cause, string message, DateTimeOffset now)
    {
        var open = await scope.Services.GetRequiredService<ICaseStore>().OpenIncidentsAsync(null, MostIncidentsRead);
        if (open.All(incident => incident.Cause != cause))
        {
            Raise(scope, kind, cause, message, now);
        }
    }

    // No case stands still: the one that asked goes on with the answer.
    private static void Raise(IMerchantScope scope, IncidentKind kind, string cause, string message, DateTimeOffset now) =>
        scope.Services.GetRequiredService<IEngineUnitOfWork>().Append(new IncidentRaised(new Incident
        {
            Id = Guid.CreateVersion7(),
            TenantId = scope.Records.MerchantId,
            Kind = kind,
            Cause = cause,
            Message = message,
            At = now,
        }));

    private static DomainEvent Event(Effect effect, string name, DateTimeOffset now, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = effect.MerchantId,
        Name = name,
        At = now,
        CustomerId = effect.CustomerId,
        InvoiceId = effect.InvoiceId,
        SubjectId = effect.Id,
        DataJson = DomainJson.Write(data),
    };
}
