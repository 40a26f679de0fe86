using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Callbacks;
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
    /// <summary>What the secrets of merchants are encrypted for; whatever reads or writes one names this same purpose.</summary>
    public const string SecretsPurpose = "CentralPay.Workflows.MerchantSecrets.v1";

    /// <summary>Characters of an address' name, at the most.</summary>
    public const int NameLengthLimit = 100;

    /// <summary>Addresses switched on at one time, at the most: each event is told to every one of them.</summary>
    public const int EnabledLimit = 20;

    /// <summary>Adds an address; its signing secret is answered this one time.</summary>
    /// <exception cref="RuleViolationException">
    /// The name is missing, too long or holds a card number; the address is none (https outside Development); or there are too many.
    /// </exception>
    public async Task<(WebhookEndpoint Endpoint, string Secret)> CreateAsync(string? name, string? url, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        var (givenName, givenUrl) = (name?.Trim() ?? "", url?.Trim() ?? "");
        RuleViolation?[] rules =
        [
            TextRules.Broken("name", givenName, NameLengthLimit),
            AddressProblem(givenUrl),
            await IsFullAsync(cancellationToken) ? TooMany("url") : null,
        ];
        List<RuleViolation> broken = [.. rules.OfType<RuleViolation>()];
        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }

        var secret = CallbackSecret.New();
        var endpoint = new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Name = givenName,
            Url = givenUrl,
            SecretProtected = protection.CreateProtector(SecretsPurpose).Protect(secret),
            CreatedAt = time.GetUtcNow(),
        };
        records.Add(endpoint);
        audit.Write("webhook.created", $"webhook:{endpoint.Id}", new { endpoint.Name, endpoint.Url });
        await records.CommitAsync(cancellationToken);
        return (endpoint, secret);
    }

    /// <summary>Turns an address on or off; while it is off nothing is delivered to it.</summary>
    /// <exception cref="RuleViolationException">There is no such address, or too many are on already.</exception>
    public async Task EnableAsync(Guid endpointId, bool enabled, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        var endpoint = await records.FindAsync<WebhookEndpoint>(endpointId, cancellationToken) ?? throw RuleViolationException.Of("id", "webhook-unknown");
        if (endpoint.Enabled == enabled)
        {
            return;
        }

        if (enabled && await IsFullAsync(cancellationToken))
        {
            throw new RuleViolationException([TooMany("id")]);
        }

        records.Update(endpoint with { Enabled = enabled });
        audit.Write(enabled ? "webhook.enabled" : "webhook.disabled", $"webhook:{endpointId}");
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Sends a callback again: a new effect with the same body and the same webhook id, so that whoever took it can pass it over.
    /// </summary>
    /// <exception cref="RuleViolationException">There is no such callback, or it is still being delivered.</exception>
    public async Task<Effect> ReplayAsync(Guid effectId, CancellationToken cancellationToken = default)
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
        var id = Guid.CreateVersion7();
        var again = effect with
        {
            Id = id,
            Revision = 0,
            Key = CallbackIdentity.ReplayKey(effect, id),
            State = EffectState.Pending,
            Attempts = 0,
            AnswerJson = null,
            LastError = null,
            LeaseToken = Guid.Empty,
            SettledAt = null,
            AskedAt = now,
            DueAt = now,
            CaseId = null,
        };
        records.Ask(again);
        audit.Write("webhook.replayed", $"effect:{effectId}", new { again = id });
        await records.CommitAsync(cancellationToken);
        return again;
    }

    private async Task<bool> IsFullAsync(CancellationToken cancellationToken) =>
        await records.CountAsync<WebhookEndpoint>(row => row.Enabled, cancellationToken) >= EnabledLimit;

    private static RuleViolation TooMany(string field) => RuleViolation.Of(field, "too-many-endpoints", ("limit", $"{EnabledLimit}"));

    // Long runs of digits are common in addresses, and look like card numbers now and then: only the name is searched for one.
    private RuleViolation? AddressProblem(string url) => url switch
    {
        "" => RuleViolation.Of("url", RuleCodes.Required),
        { Length: > CallbackAddress.LengthLimit } => RuleViolation.Of("url", RuleCodes.TooLong, ("limit", $"{CallbackAddress.LengthLimit}")),
        _ => CallbackAddress.Problem(url, host.IsDevelopment()) is { } code ? RuleViolation.Of("url", code) : null,
    };
}
