using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>API keys: issue one with its permissions, withdraw it. The secret is shown once.</summary>
internal static class ApiKeysEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/api-keys", async (string? cursor, int? limit, IMerchantRecords records, CancellationToken cancellationToken) =>
            Results.Ok(await records.PageAsync<ApiKey, ApiKeyShown>(row => true, cursor, limit, ApiKeyShown.Of, cancellationToken)))
            .Needs(Permissions.Integrate).Produces<Page<ApiKeyShown>>().WithTags("api-keys");
        api.MapPost("/api-keys", async (NewApiKey ask, ApiKeys keys, CancellationToken cancellationToken) =>
        {
            var (key, secret) = await keys.IssueAsync(ask.Name ?? "", ask.Scopes ?? [], cancellationToken);
            return Results.Created($"/api/v1/api-keys/{key.Id}", new ApiKeyIssued(ApiKeyShown.Of(key), secret));
        }).Needs(Permissions.Integrate).Produces<ApiKeyIssued>(StatusCodes.Status201Created).WithTags("api-keys");
        api.MapDelete("/api-keys/{id:guid}", async (Guid id, ApiKeys keys, IMerchantRecords records, CancellationToken cancellationToken) =>
        {
            if (await records.FindAsync<ApiKey>(id, cancellationToken) is null)
            {
                return Problem.NotFound();
            }

            await keys.RevokeAsync(id, cancellationToken);
            return Results.NoContent();
        }).Needs(Permissions.Integrate).Produces(StatusCodes.Status204NoContent).WithTags("api-keys");
    }
}

/// <summary>An API key to issue.</summary>
internal sealed record NewApiKey(string? Name, IReadOnlyList<string>? Scopes);

/// <summary>An API key as the API shows it.</summary>
internal sealed record ApiKeyShown(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    public static ApiKeyShown Of(ApiKey row) => new(row.Id, row.Name, row.Prefix, row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.CreatedAt, row.RevokedAt);
}

/// <summary>A new key with its secret, which is shown this once.</summary>
internal sealed record ApiKeyIssued(ApiKeyShown Key, string Secret);
