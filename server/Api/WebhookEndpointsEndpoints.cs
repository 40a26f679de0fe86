using System.Text.Json;
using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.Webhooks;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Webhook endpoints: where signed JSON callbacks go, and what became of each.</summary>
internal static class WebhookEndpointsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/webhook-endpoints", async (string? cursor, int? limit, IMerchantRecords records, CancellationToken cancellationToken) =>
            Results.Ok(await records.PageAsync<WebhookEndpoint, WebhookEndpointShown>(row => true, cursor, limit, WebhookEndpointShown.Of, cancellationToken)))
            .Needs(Permissions.Integrate).Produces<Page<WebhookEndpointShown>>().WithTags("webhook-endpoints");
        api.MapPost("/webhook-endpoints", CreateAsync)
            .Needs(Permissions.Integrate).Produces<WebhookEndpointCreated>(StatusCodes.Status201Created).WithTags("webhook-endpoints");
        api.MapDelete("/webhook-endpoints/{id:guid}", DisableAsync)
            .Needs(Permissions.Integrate).Produces(StatusCodes.Status204NoContent).WithTags("webhook-endpoints");
        api.MapGet("/webhook-endpoints/{id:guid}/deliveries", DeliveriesAsync)
            .Needs(Permissions.Integrate).Produces<Page<DeliveryShown>>().WithTags("webhook-endpoints");
        api.MapPost("/webhook-endpoints/deliveries/{id:guid}/replay", ReplayAsync)
            .Needs(Permissions.Integrate).Produces<DeliveryShown>(StatusCodes.Status202Accepted).WithTags("webhook-endpoints");
    }

    private static async Task<IResult> CreateAsync(NewWebhookEndpoint ask, WebhookDesk desk, CancellationToken cancellationToken)
    {
        var (endpoint, secret) = await desk.CreateAsync(ask.Name, ask.Url, cancellationToken);
        return Results.Created($"/api/v1/webhook-endpoints/{endpoint.Id}", new WebhookEndpointCreated(WebhookEndpointShown.Of(endpoint), secret));
    }

    /// <summary>The endpoint stays, switched off, so that its log can still be read.</summary>
    private static async Task<IResult> DisableAsync(Guid id, WebhookDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<WebhookEndpoint>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await desk.EnableAsync(id, enabled: false, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ReplayAsync(Guid id, WebhookDesk desk, IMerchantRecords records, IWorkSignal signal, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Effect>(id, cancellationToken) is not { Kind: EffectKinds.Webhook })
        {
            return Problem.NotFound();
        }

        var again = await desk.ReplayAsync(id, cancellationToken);
        signal.Set();
        return Results.Json(DeliveryShown.Of(again, []), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DeliveriesAsync(Guid id, string? cursor, int? limit, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<WebhookEndpoint>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        var lanes = DeliveryShown.LanesOf(id);
        var page = await records.PageAsync<Effect, Effect>(row => row.Kind == EffectKinds.Webhook && lanes.Contains(row.Lane), cursor, limit, row => row, cancellationToken);
        var ids = page.Data.Select(row => row.Id).ToList();
        var attempts = (await records.ListAsync<EffectAttempt>(row => ids.Contains(row.EffectId), cancellationToken: cancellationToken)).ToLookup(row => row.EffectId);
        return Results.Ok(new Page<DeliveryShown>([.. page.Data.Select(row => DeliveryShown.Of(row, attempts[row.Id]))], page.NextCursor));
    }
}

/// <summary>A webhook endpoint to add.</summary>
internal sealed record NewWebhookEndpoint(string? Name, string? Url);

/// <summary>A webhook endpoint as the API shows it.</summary>
internal sealed record WebhookEndpointShown(Guid Id, string Name, string Url, bool Enabled, DateTimeOffset CreatedAt)
{
    public static WebhookEndpointShown Of(WebhookEndpoint row) => new(row.Id, row.Name, row.Url, row.Enabled, row.CreatedAt);
}

/// <summary>A new endpoint with its signing secret, which is shown this once.</summary>
internal sealed record WebhookEndpointCreated(WebhookEndpointShown Endpoint, string Secret);

/// <summary>One callback and its tries.</summary>
internal sealed record DeliveryShown(
    Guid Id, string WebhookId, string EventType, EffectState State, DateTimeOffset AskedAt, DateTimeOffset? NextTryAt, string? LastError, IReadOnlyList<TryShown> Tries, Guid? InvoiceId)
{
    public static DeliveryShown Of(Effect row, IEnumerable<EffectAttempt> attempts) => new(
        row.Id,
        WebhookHandler.IdOf(row),
        JsonSerializer.Deserialize<JsonElement>(row.PayloadJson).GetProperty("eventType").GetString() ?? "",
        row.State,
        row.AskedAt,
        row.State == EffectState.Pending ? row.DueAt : null,
        row.LastError,
        [.. attempts.OrderBy(attempt => attempt.Number).Select(attempt => new TryShown(attempt.Number, attempt.At, attempt.StatusCode, attempt.Error))],
        row.InvoiceId);

    /// <summary>The lanes that callbacks to an endpoint wait in.</summary>
    public static IReadOnlyList<string> LanesOf(Guid endpointId) => [EffectLanes.Webhook(endpointId), $"webhook:{endpointId:N}"];
}

/// <summary>One try of a callback.</summary>
internal sealed record TryShown(int Number, DateTimeOffset At, int? StatusCode, string? Error);
