using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Callbacks;

namespace CentralPay.Workflows.Server.Webhooks;

/// <summary>Signs and verifies as Standard Webhooks says: HMAC-SHA256 of <c>id.timestamp.body</c>, so that neither body nor age can be changed.</summary>
public static class WebhookSignature
{
    /// <summary>The header with the event's id, equal over all tries.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the seconds since 1970 of this try.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with one or more signatures, separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";
    private const int FewestSecretBytes = 24;
    private const int MostSecretBytes = 64;

    /// <summary>The key in a secret, or null when it is not <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public static byte[]? KeyOf(string? secret)
    {
        if (secret is null || !secret.StartsWith(CallbackSecret.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[MostSecretBytes + 3];
        return Convert.TryFromBase64String(secret[CallbackSecret.Prefix.Length..], key, out var length) && length is >= FewestSecretBytes and <= MostSecretBytes
            ? key[..length]
            : null;
    }

    /// <summary>The signature of one try.</summary>
    public static string Sign(byte[] key, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Whether one of the signatures is right and the timestamp lies within the tolerance of <paramref name="now"/> (system time).</summary>
    public static bool IsValid(byte[] key, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(signatures)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = Encoding.UTF8.GetBytes(Sign(key, id, seconds, body));
        var valid = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // Every signature is compared whole: where the right one stands must not show in the time it takes.
            valid |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }

        return valid;
    }
}
