using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Twilio's signature of what it posts: base64 HMAC-SHA1, with the account's secret, of the address and the sorted parameters.</summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    public static string Of(string authToken, string url, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                signed.Append(name).Append(value);
            }
        }

#pragma warning disable CA5350 // The algorithm is Twilio's; as a keyed hash it is not known to be broken.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    /// <summary>Whether the signature is right; takes as long for a wrong one.</summary>
    public static bool IsValid(string authToken, string? signature, string url, IEnumerable<KeyValuePair<string, StringValues>> form) =>
        authToken.Length > 0 && signature is { Length: > 0 }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(authToken, url, form)), Encoding.UTF8.GetBytes(signature));
}
