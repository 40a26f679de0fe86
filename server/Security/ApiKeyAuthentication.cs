using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Server.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Signs machines in: <c>Authorization: Bearer cpw_…</c>; for web sockets, where a browser sends no header, <c>access_token</c> in the query of the hub.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMerchantDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";
    private const string Bearer = "Bearer ";
    private const int LongestSecret = 100;

    /// <summary>The secret in a request; null for none.</summary>
    public static string? SecretIn(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        return request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SecretIn(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        if (secret.Length > LongestSecret || PrefixOf(secret) is not { } prefix
            || await directory.FindApiKeyAsync(prefix, Context.RequestAborted) is not { RevokedAt: null } key
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(ApiKeys.HashOf(secret))))
        {
            return AuthenticateResult.Fail("The API key is not known, or was withdrawn.");
        }

        List<Claim> claims =
        [
            new(Caller.MerchantClaim, key.MerchantId.ToString()),
            new(ClaimTypes.NameIdentifier, $"key:{key.Id}"),
            new(Caller.NameClaim, key.Name),
            .. key.IssuedBy is { } issuer ? [new Claim(Caller.IssuerClaim, issuer)] : Array.Empty<Claim>(),
            .. key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim(Caller.PermissionClaim, scope)),
        ];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(StatusCodes.Status401Unauthorized, "unauthenticated", ProblemText.Of("unauthenticated-detail")).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(StatusCodes.Status403Forbidden, "forbidden").ExecuteAsync(Context);

    private static string? PrefixOf(string secret)
    {
        try
        {
            return ApiKeys.PrefixOf(secret);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
