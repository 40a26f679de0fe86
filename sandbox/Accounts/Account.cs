using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Sandbox.Accounts;

/// <summary>A merchant's account at the pretended CentralPay.</summary>
public sealed class Account
{
    public long Number { get; init; }
    public required string Login { get; init; }
    public required byte[] PasswordHash { get; set; }
    public required Guid PointOfSaleId { get; set; }
    public required string MerchantName { get; set; }

    /// <summary>Where webhooks go; null: none are sent.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Secret of the webhooks' signature, <c>whsec_</c> and base64.</summary>
    public string? WebhookSecret { get; set; }

    public bool Accepts(string password) => CryptographicOperations.FixedTimeEquals(PasswordHash, Hash(password));

    /// <summary>A plain digest: the credentials open nothing but test money, and are compared on every call.</summary>
    public static byte[] Hash(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
