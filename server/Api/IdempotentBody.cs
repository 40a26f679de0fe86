using System.Security.Cryptography;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Takes the digest of what comes with an Idempotency-Key, query and body, before anything reads it.</summary>
internal sealed class IdempotentBody(RequestDelegate next)
{
    /// <summary>Where the digest is found.</summary>
    public const string HashItem = "idempotent-body";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(IdempotentPost.HeaderName))
        {
            context.Request.EnableBuffering();
            var query = context.Request.QueryString.Value ?? "";
            context.Items[HashItem] = query + Convert.ToHexStringLower(await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted));
            context.Request.Body.Position = 0;
        }

        await next(context);
    }
}
