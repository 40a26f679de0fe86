using System.Security.Cryptography;

namespace CentralPay.Workflows.Payments.Callbacks;

/// <summary>The secret that callbacks are signed with, in the form of Standard Webhooks: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
public static class CallbackSecret
{
    /// <summary>What each secret begins with.</summary>
    public const string Prefix = "whsec_";

    // As long as the hash that it keys: more would add nothing, fewer would be easier to guess than the signature.
    private const int NewSecretBytes = 32;

    /// <summary>A fresh secret of 32 random bytes.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewSecretBytes));
}
