using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;

namespace CentralPay.Workflows.Designer.Settings;

/// <summary>Where a merchant's callback addresses are kept, and callbacks sent again. Pages and the API use it alike. Scoped to a merchant.</summary>
public sealed class WebhookDesk(
    IMerchantRecords records, AuditLog audit, ICurrentActor current, TimeProvider time, IDataProtectionProvider protection, IHostEnvironment host)
{
    /// <summary>What the secrets of merchants are encrypted for; the delivery decrypts them with the same.</summary>
    public const string SecretsPurpose = "CentralPay.Workflows.MerchantSecrets.v1";

    private const int NameLengthLimit = 80;
    private const int UrlLengthLimit = 500;
    private const int SecretBytes = 24;

    /// <summary>Adds an address; its signing secret is answered this one time.</summary>
    /// <exception cref="RuleViolationException">The name is missing or too long, or the address is none (https outside Development).</exception>
    public async Task<(WebhookEndpoint Endpoint, string Secret)> CreateAsync(string name, string url, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        Check(name, url);
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var endpoint = new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Name = name.Trim(),
            Url = url.Trim(),
            SecretProtected = protection.CreateProtector(SecretsPurpose).Protect(secret),
            CreatedAt = time.GetUtcNow(),
        };
        records.Add(endpoint);
        audit.Write("webhook.created", $"webhook:{endpoint.Id}", new { endpoint.Name });
        await records.CommitAsync(cancellationToken);
        return (endpoint, secret);
    }

    /// <summary>Turns an address on or off; while it is off nothing is delivered to it.</summary>
    /// <exception cref="RuleViolationException">There is no such address.</exception>
    public async Task EnableAsync(Guid endpointId, bool enabled, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        var endpoint = await records.FindAsync<WebhookEndpoint>(endpointId, cancellationToken) ?? throw RuleViolationException.Of("id", "webhook-unknown");
        records.Update(endpoint with { Enabled = enabled });
        audit.Write(enabled ? "webhook.enabled" : "webhook.disabled", $"webhook:{endpointId}");
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Sends a callback again as a new effect under a key of its own; the receiver knows it by its event's id and may pass it over.
    /// </summary>
    /// <exception cref="RuleViolationException">There is no such callback, or it is still being delivered.</exception>
    public async Task ReplayAsync(Guid effectId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        var effect = await records.FindAsync<Effect>(effectId, cancellationToken);
        if (effect is not { Kind: EffectKinds.Webhook })
        {
            throw RuleViolationException.Of("id", "callback-unknown");
        }

        if (effect.State == EffectState.Pending)
        {
            throw RuleViolationException.Of("id", RuleCodes.StateRefuses);
        }

        var now = time.GetUtcNow();
        var again = Guid.CreateVersion7();
        records.Ask(effect with
        {
            Id = again,
            Revision = 0,
            Key = $"replay/{again}",
            State = EffectState.Pending,
            Attempts = 0,
            AnswerJson = null,
            LastError = null,
            LeaseToken = Guid.Empty,
            SettledAt = null,
            AskedAt = now,
            DueAt = now,
            CaseId = null,
        });
        audit.Write("webhook.replayed", $"effect:{effectId}", new { again });
        await records.CommitAsync(cancellationToken);
    }

    private void Check(string name, string url)
    {
        var broken = new List<RuleViolation>();
        if (string.IsNullOrWhiteSpace(name))
        {
            broken.Add(RuleViolation.Of("name", RuleCodes.Required));
        }
        else if (name.Trim().Length > NameLengthLimit)
        {
            broken.Add(RuleViolation.Of("name", RuleCodes.TooLong, ("limit", $"{NameLengthLimit}")));
        }

        if (string.IsNullOrWhiteSpace(url))
        {
            broken.Add(RuleViolation.Of("url", RuleCodes.Required));
        }
        else if (url.Trim().Length > UrlLengthLimit)
        {
            broken.Add(RuleViolation.Of("url", RuleCodes.TooLong, ("limit", $"{UrlLengthLimit}")));
        }
        else if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && host.IsDevelopment()))
            || address.UserInfo.Length > 0)
        {
            broken.Add(RuleViolation.Of("url", "url-invalid"));
        }

        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }
    }
}
