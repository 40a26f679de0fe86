using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Sandbox.Webhooks;

/// <summary>Signs as Standard Webhooks does: HMAC-SHA256 of <c>id.timestamp.body</c>. Which form CentralPay uses is not known.</summary>
public static class Signature
{
    private const string Prefix = "whsec_";

    public static bool TryReadSecret(string? secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (secret is null || !secret.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var buffer = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], buffer, out var length) || length == 0) return false;
        key = buffer[..length];
        return true;
    }

    public static string Of(byte[] key, string id, long unixSeconds, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }
}
