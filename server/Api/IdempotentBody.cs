using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Takes the digest of what comes with an Idempotency-Key, query and body, before anything reads it.</summary>
internal sealed class IdempotentBody(RequestDelegate next)
{
    /// <summary>Where the digest is found.</summary>
    public const string HashItem = "idempotent-digest";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(IdempotentPost.HeaderName))
        {
            context.Request.EnableBuffering();
            var digest = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
            context.Request.Body.Position = 0;
            if (context.Request.QueryString.HasValue)
            {
                digest = SHA256.HashData([.. digest, .. Encoding.UTF8.GetBytes(context.Request.QueryString.Value!)]);
            }

            context.Items[HashItem] = Convert.ToHexStringLower(digest);
        }

        await next(context);
    }
}
