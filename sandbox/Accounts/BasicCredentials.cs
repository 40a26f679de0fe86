using System.Text;

namespace CentralPay.Workflows.Sandbox.Accounts;

/// <summary>Login and password of an HTTP Basic header.</summary>
public readonly record struct BasicCredentials(string Login, string Password)
{
    /// <summary>Null when the header is missing or is not HTTP Basic.</summary>
    public static BasicCredentials? Read(string? header)
    {
        const string scheme = "Basic ";
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[scheme.Length..].Trim(), buffer, out var length)) return null;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
    }
}
