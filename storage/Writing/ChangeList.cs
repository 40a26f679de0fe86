using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// What a unit of work was told, in order, and what follows from it for reads: the rows as they will stand. Cutting back
/// reckons the reads anew, so that nothing of what was cut is seen.
/// </summary>
internal sealed class ChangeList
{
    private readonly List<object> changes = [];
    private readonly Dictionary<Type, Dictionary<Guid, IMerchantRecord>> rows = [];
    private readonly Dictionary<Guid, EffectSettlement> settlements = [];
    private readonly Dictionary<string, LedgerEntry> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> effectKeys = new(StringComparer.Ordinal);

    public int Count => changes.Count;

    public IReadOnlyList<object> All => changes;

    /// <summary>Entries posted, by key.</summary>
    public IReadOnlyDictionary<string, LedgerEntry> Entries => entries;

    public void Append(object change)
    {
        changes.Add(change);
        See(change);
    }

    public void CutBack(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, changes.Count);
        changes.RemoveRange(position, changes.Count - position);
        rows.Clear();
        settlements.Clear();
        entries.Clear();
        effectKeys.Clear();
        foreach (var change in changes)
        {
            See(change);
        }
    }

    public bool WasAsked(string effectKey) => effectKeys.Contains(effectKey);

    public bool WasPosted(string entryKey) => entries.ContainsKey(entryKey);

    /// <summary>Rows of a type as they will stand.</summary>
    public IReadOnlyDictionary<Guid, IMerchantRecord> Of(Type type) =>
        rows.TryGetValue(type, out var ofType) ? ofType : System.Collections.Frozen.FrozenDictionary<Guid, IMerchantRecord>.Empty;

    /// <summary>A row read from the database, with what was settled about it since.</summary>
    public T AsItStands<T>(T stored)
        where T : class, IMerchantRecord =>
        stored is Effect effect && settlements.TryGetValue(effect.Id, out var settlement) ? (T)(object)Settled(effect, settlement) : stored;

    private static Effect Settled(Effect effect, EffectSettlement settlement) => effect with
    {
        State = settlement.State,
        DueAt = settlement.NextDueAt ?? effect.DueAt,
        Attempts = effect.Attempts + (settlement.CountsAsAttempt ? 1 : 0),
        AnswerJson = settlement.AnswerJson ?? effect.AnswerJson,
        LastError = settlement.Error,
        LeaseToken = Guid.Empty,
        SettledAt = settlement.State == EffectState.Pending ? null : settlement.At,
        Revision = effect.Revision + 1,
    };

    private void See(object change)
    {
        switch (change)
        {
            case RecordAdded added:
                See(added.Record);
                break;
            case RecordUpdated updated:
                See(updated.Record);
                break;
            case EventRaised raised:
                See(raised.Happened);
                break;
            case EffectAsked asked:
                effectKeys.Add(asked.Effect.Key);
                See(asked.Effect);
                break;
            case EffectSettled settled:
                settlements[settled.Settlement.EffectId] = settled.Settlement;
                break;
            case EntryPosted posted:
                entries.TryAdd(posted.Entry.Key, posted.Entry);
                break;
        }
    }

    private void See(IMerchantRecord record)
    {
        if (!rows.TryGetValue(record.GetType(), out var ofType))
        {
            rows.Add(record.GetType(), ofType = []);
        }

        ofType[record.Id] = record;
    }
}
