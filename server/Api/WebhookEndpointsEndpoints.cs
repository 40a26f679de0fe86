using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Server.Webhooks;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Webhook endpoints: where signed JSON callbacks go, and what became of each.</summary>
internal static class WebhookEndpointsEndpoints
{
    private const int LongestName = 100;
    private const int LongestUrl = 500;
    private const int MostEndpoints = 20;

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
    }

    private static async Task<IResult> CreateAsync(
        NewWebhookEndpoint ask, IMerchantRecords records, AuditLog audit, MerchantSecrets secrets, TimeProvider time, IWebHostEnvironment environment, CancellationToken cancellationToken)
    {
        var broken = Check(ask, environment).ToList();
        if (await records.CountAsync<WebhookEndpoint>(row => row.Enabled, cancellationToken) >= MostEndpoints)
        {
            broken.Add(RuleViolation.Of("url", "too-many-endpoints", ("limit", $"{MostEndpoints}")));
        }

        if (broken.Count > 0)
        {
            return Problem.Invalid(broken);
        }

        var secret = WebhookSignature.NewSecret();
        var endpoint = new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Name = ask.Name!.Trim(),
            Url = ask.Url!,
            SecretProtected = secrets.Protect(secret),
            CreatedAt = time.GetUtcNow(),
        };
        records.Add(endpoint);
        audit.Write("webhook-endpoint.added", $"webhook-endpoint:{endpoint.Id}", new { endpoint.Url });
        await records.CommitAsync(cancellationToken);
        return Results.Created($"/api/v1/webhook-endpoints/{endpoint.Id}", new WebhookEndpointCreated(WebhookEndpointShown.Of(endpoint), secret));
    }

    /// <summary>The endpoint stays, switched off, so that its log can still be read.</summary>
    private static async Task<IResult> DisableAsync(Guid id, IMerchantRecords records, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<WebhookEndpoint>(id, cancellationToken) is not { } endpoint)
        {
            return Problem.NotFound();
        }

        if (endpoint.Enabled)
        {
            records.Update(endpoint with { Enabled = false });
            audit.Write("webhook-endpoint.disabled", $"webhook-endpoint:{id}");
            await records.CommitAsync(cancellationToken);
        }

        return Results.NoContent();
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

    private static IEnumerable<RuleViolation> Check(NewWebhookEndpoint ask, IWebHostEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(ask.Name))
        {
            yield return RuleViolation.Of("name", RuleCodes.Required);
        }
        else if (ask.Name.Length > LongestName)
        {
            yield return RuleViolation.Of("name", RuleCodes.TooLong, ("limit", $"{LongestName}"));
        }
        else if (CardNumber.IsIn(ask.Name))
        {
            yield return RuleViolation.Of("name", RuleCodes.CardNumber);
        }

        if (string.IsNullOrWhiteSpace(ask.Url))
        {
            yield return RuleViolation.Of("url", RuleCodes.Required);
        }
        else if (ask.Url.Length > LongestUrl)
        {
            yield return RuleViolation.Of("url", RuleCodes.TooLong, ("limit", $"{LongestUrl}"));
        }
        else if (WebhookPost.AddressProblem(ask.Url, environment.IsDevelopment()) is { } problem)
        {
            yield return RuleViolation.Of("url", problem);
        }
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
