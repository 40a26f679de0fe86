using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Effects;

/// <summary>An effect with its tries, as the delivery log shows it.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Attempts">Its tries, the last one first.</param>
public sealed record EffectLog(Effect Effect, IReadOnlyList<EffectAttempt> Attempts);

/// <summary>Reads of the outbox for people. All need <see cref="Permissions.Read"/>.</summary>
public sealed class EffectQueries(IMerchantRecords records, ICurrentActor current)
{
    private const int MaxPage = 200;
    private const int MaxAttemptsShown = 50;

    /// <summary>Effects of a kind with their tries, newest first.</summary>
    /// <param name="kind">The kind (<see cref="EffectKinds"/>); null for all.</param>
    /// <param name="state">The state; null for all.</param>
    /// <param name="before">The last id of the page before; null for the first page.</param>
    /// <param name="limit">At most this many, 1 to 200.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<EffectLog>> PageAsync(string? kind, EffectState? state, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var effects = await records.PageAsync<Effect>(
            effect => (kind == null || effect.Kind == kind) && (state == null || effect.State == state), before, Math.Clamp(limit, 1, MaxPage), cancellationToken);
        return await WithAttemptsAsync(effects, cancellationToken);
    }

    /// <summary>One effect with its tries, or null.</summary>
    public async Task<EffectLog?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await records.FindAsync<Effect>(id, cancellationToken) is { } effect ? (await WithAttemptsAsync([effect], cancellationToken))[0] : null;
    }

    private async Task<IReadOnlyList<EffectLog>> WithAttemptsAsync(IReadOnlyList<Effect> effects, CancellationToken cancellationToken)
    {
        var ids = effects.Select(effect => effect.Id).ToList();
        var attempts = ids.Count == 0 ? [] : await records.ListAsync<EffectAttempt>(attempt => ids.Contains(attempt.EffectId), ids.Count * MaxAttemptsShown, cancellationToken);
        var byEffect = attempts.ToLookup(attempt => attempt.EffectId);
        return [.. effects.Select(effect => new EffectLog(effect, [.. byEffect[effect.Id].OrderByDescending(attempt => attempt.Number)]))];
    }
}
