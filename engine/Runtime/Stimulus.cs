using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// Something happened that a case may wait for, or that may start one. It is raised inside a unit of work, so that it
/// exists exactly when the fact behind it does.
/// </summary>
public sealed record Stimulus
{
    /// <summary>The name cases wait under (a bookmark's or a trigger's name).</summary>
    public required string Name { get; init; }

    /// <summary>Hash of name and payload; what bookmarks and triggers are found by.</summary>
    public required string Hash { get; init; }

    /// <summary>What the resumed or started case receives, as a JSON object; null for nothing.</summary>
    public string? InputJson { get; init; }

    /// <summary>Start only this scenario's trigger (its definition id), where several wait for the same stimulus.</summary>
    public string? OnlyDefinitionId { get; init; }

    /// <summary>With it the stimulus starts at most one case of a scenario, ever (<see cref="CaseRecord.StartKey"/>).</summary>
    public string? StartKey { get; init; }

    /// <summary>Correlation, reference and customer given to a case it starts.</summary>
    public CaseSubject? Subject { get; init; }

    /// <summary>Keep it for a wait that does not exist yet: the next bookmark with its hash takes it at once.</summary>
    public bool KeepForLaterWait { get; init; } = true;

    /// <summary>A stimulus under a name with a payload, hashed as bookmarks and triggers are.</summary>
    public static Stimulus For(string name, object? payload) =>
        new() { Name = name, Hash = StimulusHash.Of(name, payload) };
}

/// <summary>What a case is about, for those who search it.</summary>
/// <param name="CorrelationId">The business object (<c>invoice:0192…</c>).</param>
/// <param name="Reference">What people call it (an invoice number).</param>
/// <param name="CustomerKey">The customer's key.</param>
public sealed record CaseSubject(string? CorrelationId, string? Reference, string? CustomerKey);

/// <summary>The hash by which a stimulus finds its waits: 22 characters, of SHA-256 over name and canonical JSON payload.</summary>
public static class StimulusHash
{
    private static readonly JsonSerializerOptions Canonical = new(JsonSerializerDefaults.Web);

    /// <summary>The hash of a name and a payload (a record, a string, or null).</summary>
    public static string Of(string name, object? payload)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var json = payload is null ? "" : JsonSerializer.Serialize(payload, payload.GetType(), Canonical);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{json}"), digest);
        return Convert.ToBase64String(digest[..16]).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
