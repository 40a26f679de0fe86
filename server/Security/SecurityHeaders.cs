using System.Security.Cryptography;

namespace CentralPay.Workflows.Server.Security;

/// <summary>The headers that tell browsers what our pages may do. Pages of our own get one policy; the payer's pages bring their own.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Scripts come from our own files; styles may stand in elements, as components place things by them; live pages talk back to us only.</summary>
    private const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ";

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
            headers.TryAdd("Content-Security-Policy", PagePolicy + Sockets(context.Request) + PagePolicyEnd);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>A fresh value that marks the one style and script of an answer as ours.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>Some browsers do not count web sockets as 'self'.</summary>
    private static string Sockets(HttpRequest request) => $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}";
}
