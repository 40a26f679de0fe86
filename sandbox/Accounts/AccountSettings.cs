using CentralPay.Workflows.Sandbox.Webhooks;

namespace CentralPay.Workflows.Sandbox.Accounts;

/// <summary>An account as configuration or <c>PUT /sandbox/accounts/{login}</c> gives it.</summary>
public sealed record AccountSettings
{
    public string? Login { get; init; }
    public string? Password { get; init; }
    public string? WebhookUrl { get; init; }
    public string? WebhookSecret { get; init; }
    public string? MerchantName { get; init; }
    public Guid? PointOfSaleId { get; init; }

    /// <summary>What is wrong with it, naming the field; null when it can be used.</summary>
    public string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Login) || Login.Contains(':', StringComparison.Ordinal)) return "login: required, without a colon (HTTP Basic splits there).";
        if (string.IsNullOrEmpty(Password)) return "password: required.";
        if (string.IsNullOrEmpty(WebhookUrl)) return null;
        if (!Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return "webhookUrl: an absolute http or https address is required.";
        return Signature.TryReadSecret(WebhookSecret, out _) ? null : "webhookSecret: required with a webhookUrl, as whsec_ followed by base64.";
    }
}
