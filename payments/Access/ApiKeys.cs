using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Access;

/// <summary>Issues and withdraws the keys of machines. The secret is shown once and kept as a hash only.</summary>
public sealed class ApiKeys(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    private const string Mark = "cpw_";
    private const int PrefixCharacters = 8;
    private const int SecretBytes = 24;
    private const int MaxName = 100;
    private const string PrefixAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>
    /// Issues a key and commits. Needs <see cref="Permissions.Integrate"/>; nobody gives a permission they do not hold. Throws
    /// <see cref="RuleViolationException"/> for a missing name and for scopes that are none.
    /// </summary>
    /// <param name="name">What the merchant calls it.</param>
    /// <param name="scopes">What it may do (<see cref="Permissions"/>), one at least.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The key, and its secret: <c>cpw_</c>, 8 characters, <c>_</c>, 32 characters. It cannot be read again.</returns>
    public async Task<(ApiKey Key, string Secret)> IssueAsync(string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        current.Actor.Require(Permissions.Integrate);
        Check(name, scopes);
        var prefix = RandomNumberGenerator.GetString(PrefixAlphabet, PrefixCharacters);
        var secret = $"{Mark}{prefix}_{System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Name = name,
            Prefix = prefix,
            Hash = HashOf(secret),
            Scopes = string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal)),
            IssuedBy = current.Actor.IssuedBy ?? current.Actor.Id,
            CreatedAt = time.GetUtcNow(),
        };
        records.Add(key);
        audit.Write("api_key.issued", $"api_key:{key.Id}", new { key.Prefix, key.Scopes });
        await records.CommitAsync(cancellationToken);
        return (key, secret);
    }

    /// <summary>Withdraws a key and commits; one withdrawn before is left as it is. Needs <see cref="Permissions.Integrate"/>. Throws <see cref="RuleViolationException"/> when there is no such key.</summary>
    public async Task RevokeAsync(Guid id, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        var key = await records.FindAsync<ApiKey>(id, cancellationToken) ?? throw RuleViolationException.Of("keyId", RuleCodes.KeyUnknown);
        if (key.RevokedAt is not null)
        {
            return;
        }

        records.Update(key with { RevokedAt = time.GetUtcNow() });
        audit.Write("api_key.revoked", $"api_key:{id}", new { key.Prefix });
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>The prefix of a secret; empty when the text has not the form of one.</summary>
    public static string PrefixOf(string secret) =>
        secret is { Length: > 13 } && secret.StartsWith(Mark, StringComparison.Ordinal) && secret[Mark.Length + PrefixCharacters] == '_'
            ? secret.Substring(Mark.Length, PrefixCharacters)
            : "";

    /// <summary>SHA-256 of a secret, lower-case hexadecimal.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a secret is the key's, and the key works; compared in constant time.</summary>
    public static bool Fits(ApiKey key, string secret)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.RevokedAt is null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(HashOf(secret)));
    }

    private void Check(string name, IReadOnlyList<string> scopes)
    {
        var violations = new List<RuleViolation>();
        if (TextRules.Broken("name", name, MaxName) is { } broken)
        {
            violations.Add(broken);
        }

        if (scopes.Count == 0)
        {
            violations.Add(RuleViolation.Of("scopes", RuleCodes.Required));
        }

        violations.AddRange(scopes.Where(scope => !Permissions.All.Contains(scope)).Select(scope => RuleViolation.Of("scopes", RuleCodes.ScopeUnknown, ("scope", scope))));
        violations.AddRange(scopes.Where(scope => Permissions.All.Contains(scope) && !current.Actor.Permissions.Contains(scope)).Select(scope => RuleViolation.Of("scopes", RuleCodes.ScopeNotHeld, ("scope", scope))));
        if (violations.Count > 0)
        {
            throw new RuleViolationException(violations);
        }
    }
}
