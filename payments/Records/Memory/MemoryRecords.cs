using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>
/// One unit of work over a <see cref="MemoryStore"/>: reads see what was appended, nothing is kept until the commit. After a
/// refused commit it holds what it held, and is dropped with its scope.
/// </summary>
public sealed class MemoryRecords(MemoryStore store, Guid merchantId, IEnumerable<IDomainEventListener>? listeners = null, ICollectionFeed? feed = null) : IMerchantRecords
{
    private readonly Dictionary<(Type Type, Guid Id), MemoryChange> changes = [];
    private readonly List<LedgerEntry> entries = [];
    private readonly List<DomainEvent> raised = [];
    private readonly Stack<Action> takeBack = [];

    /// <inheritdoc />
    public Guid MerchantId { get; } = merchantId;

    /// <summary>The entries appended and not yet committed.</summary>
    internal IReadOnlyList<LedgerEntry> Appended => entries;

    /// <summary>The events raised and not yet committed, in order.</summary>
    public IReadOnlyList<DomainEvent> Raised => raised;

    /// <summary>How much was appended and not yet committed: a mark to cut back to.</summary>
    public int Position => takeBack.Count;

    /// <summary>Forgets what was appended after the mark.</summary>
    public void CutBack(int position)
    {
        while (takeBack.Count > position)
        {
            takeBack.Pop()();
        }
    }

    /// <inheritdoc />
    public ValueTask<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken = default) where T : class, IMerchantRecord =>
        ValueTask.FromResult(changes.TryGetValue((typeof(T), id), out var change) ? (T)change.Record : store.Find<T>(MerchantId, id));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Expression<Func<T, bool>> where, int limit = 1000, CancellationToken cancellationToken = default) where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(where);
        var fits = CompiledCondition<T>.Of(where);
        var found = store.Matching<T>(MerchantId, AsItStands, fits, limit);
        foreach (var change in changes.Values)
        {
            if (found.Count < limit && change is { ReadRevision: null, Record: T added } && fits(added))
            {
                found.Add(added);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<T>>(found);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, Guid? before, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(where);
        var fits = CompiledCondition<T>.Of(where);
        return ValueTask.FromResult<IReadOnlyList<T>>(
            [.. store.RowsOf<T>(MerchantId).Where(row => before is null || row.Id.CompareTo(before.Value) < 0).Where(fits).OrderByDescending(row => row.Id).Take(limit)]);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, RowOrder<T> order, Guid? after, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(order);
        var last = after is { } id ? store.Find<T>(MerchantId, id) : null;
        return ValueTask.FromResult<IReadOnlyList<T>>(
            after is not null && last is null ? [] : [.. order.Over(store.RowsOf<T>(MerchantId).AsQueryable().Where(where), last).Take(limit)]);
    }

    /// <inheritdoc />
    public ValueTask<int> CountAsync<T>(Expression<Func<T, bool>> where, CancellationToken cancellationToken = default) where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(where);
        return ValueTask.FromResult(store.RowsOf<T>(MerchantId).Count(CompiledCondition<T>.Of(where)));
    }

    /// <inheritdoc />
    public void Add<T>(T record) where T : class, IMerchantRecord
    {
        Own(record);
        var key = (typeof(T), record.Id);
        changes.Add(key, new MemoryChange(typeof(T), record, null));
        takeBack.Push(() => changes.Remove(key));
    }

    /// <inheritdoc />
    public T Update<T>(T record) where T : class, IMerchantRecord
    {
        Own(record);
        var known = changes.GetValueOrDefault((typeof(T), record.Id));
        if (known is not null && known.Record.Revision != record.Revision)
        {
            throw new RecordConflictException($"{typeof(T).Name} {record.Id} was changed in this very unit of work since it was read.");
        }

        var next = Revised<T>.At(record, record.Revision + 1);
        var readRevision = known is null ? record.Revision : known.ReadRevision;
        var key = (typeof(T), record.Id);
        changes[key] = new MemoryChange(typeof(T), next, readRevision);
        takeBack.Push(() =>
        {
            if (known is null)
            {
                changes.Remove(key);
            }
            else
            {
                changes[key] = known;
            }
        });
        return next;
    }

    /// <inheritdoc />
    public void Post(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!store.HasEntry(MerchantId, entry.Key) && entries.TrueForAll(other => other.Key != entry.Key))
        {
            entries.Add(LedgerRules.Checked(entry));
            takeBack.Push(() => entries.RemoveAt(entries.Count - 1));
        }
    }

    /// <inheritdoc />
    public void Raise(DomainEvent happened)
    {
        Add(happened);
        raised.Add(happened);
        takeBack.Push(() => raised.RemoveAt(raised.Count - 1));
        foreach (var listener in listeners ?? [])
        {
            listener.On(happened);
        }
    }

    /// <inheritdoc />
    public void Ask(Effect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var known = store.Matching<Effect>(MerchantId, AsItStands, other => other.Key == effect.Key, 1);
        if (known.Count == 0 && !changes.Values.Any(change => change.Record is Effect other && other.Key == effect.Key))
        {
            Add(effect);
        }
    }

    /// <inheritdoc />
    public void Settle(EffectSettlement settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        var effect = store.Find<Effect>(MerchantId, settlement.EffectId) ?? throw new RecordConflictException("The effect is not there.");
        var attempts = effect.Attempts + (settlement.CountsAsAttempt ? 1 : 0);
        Update(effect with
        {
            State = settlement.State,
            DueAt = settlement.NextDueAt ?? effect.DueAt,
            Attempts = attempts,
            AnswerJson = settlement.AnswerJson ?? effect.AnswerJson,
            LastError = settlement.Error,
            SettledAt = settlement.State == EffectState.Pending ? null : settlement.At,
        });
        if (settlement.CountsAsAttempt)
        {
            Add(new EffectAttempt
            {
                Id = Guid.CreateVersion7(),
                MerchantId = MerchantId,
                EffectId = effect.Id,
                Number = attempts,
                At = settlement.At,
                State = settlement.State,
                StatusCode = settlement.StatusCode,
                Error = settlement.Error,
            });
        }
    }

    /// <inheritdoc />
    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        store.Commit([.. changes.Values], entries);
        var told = raised.ToArray();
        changes.Clear();
        entries.Clear();
        raised.Clear();
        takeBack.Clear();
        if (told.Length > 0)
        {
            feed?.Publish(MerchantId, told);
        }

        return Task.CompletedTask;
    }

    private T AsItStands<T>(T row) where T : class, IMerchantRecord =>
        changes.Count > 0 && changes.TryGetValue((typeof(T), row.Id), out var change) ? (T)change.Record : row;

    private void Own(IMerchantRecord record)
    {
        if (record.MerchantId != MerchantId)
        {
            throw new InvalidOperationException("The row belongs to another merchant.");
        }
    }
}
