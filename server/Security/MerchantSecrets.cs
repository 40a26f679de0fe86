using System.Security.Cryptography;
using CentralPay.Workflows.Designer.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Encrypts what merchants entrust to us (gateway password, webhook secrets) with the Data Protection keys.</summary>
public sealed class MerchantSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector(WebhookDesk.SecretsPurpose);

    /// <summary>The secret as it may be stored.</summary>
    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>The secret, or null when there is none or its key is gone.</summary>
    public string? Unprotect(string? stored)
    {
        try
        {
            return string.IsNullOrEmpty(stored) ? null : protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            // A restored database without its keys: the merchant is as good as not connected, and callers say so.
            return null;
        }
    }
}
