using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace CentralPay.Workflows.Server.Security;

/// <summary>The headers that tell browsers what our pages may do. Pages of our own get one policy; the payer's pages bring their own.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Scripts come from our own files; styles may stand in elements, as components place things by them; live pages talk back to us only.</summary>
    private const string PagePolicy =
        "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ";

    private static readonly ConditionalWeakTable<ImportMapDefinition, string> Digests = [];

    private const string PagePolicyEnd =
        "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            headers.TryAdd("Referrer-Policy", "same-origin");
            if (!headers.ContentSecurityPolicy.ToString().Contains("default-src", StringComparison.Ordinal))
            {
                headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self'{ImportMap(context)}{PagePolicy}{Sockets(context.Request)}{PagePolicyEnd}";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>A fresh value that marks the one style and script of an answer as ours.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>The one script inside a page of the back office: where its modules are. It is allowed by what it says.</summary>
    private static string ImportMap(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ImportMapDefinition>() is { } map
        ? $" '{Digests.GetValue(map, known => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(known.ToString().ReplaceLineEndings("\n"))))}")}'"
        : "";

    /// <summary>Some browsers do not count web sockets as 'self'.</summary>
    private static string Sockets(HttpRequest request) => $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}";
}
