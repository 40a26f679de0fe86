using System.Linq.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// Everything one stimulus changes, engine's and domain's, in one ordered list; committed as one transaction or not at
/// all. After a commit it is empty and can be used again; after a refused commit it holds what it held, for the caller to
/// cut back or to drop with its scope. Not for several threads.
/// </summary>
public sealed class UnitOfWork : IEngineUnitOfWork, IMerchantRecords
{
    private readonly ChangeList changes = new();
    private readonly MerchantBinding binding;
    private readonly RecordReader reader;
    private readonly CommitQueue commits;
    private readonly IServiceProvider services;
    private IDomainEventListener[]? listeners;

    internal UnitOfWork(MerchantBinding binding, RecordReader reader, CommitQueue commits, IServiceProvider services)
    {
        this.binding = binding;
        this.reader = reader;
        this.commits = commits;
        this.services = services;
    }

    /// <inheritdoc />
    public Guid MerchantId => binding.MerchantId;

    /// <inheritdoc />
    public Guid TenantId => binding.MerchantId;

    /// <inheritdoc />
    public int Position => changes.Count;

    /// <summary>What was appended and not yet committed.</summary>
    internal ChangeList Changes => changes;

    /// <inheritdoc />
    public void Append(EngineChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (Owner.Of(change) is { } owner)
        {
            MustBeOurs(owner, change.GetType());
        }

        changes.Append(change);
    }

    /// <inheritdoc />
    public void CutBack(int position)
    {
        changes.CutBack(position);
        reader.Forget();
    }

    /// <inheritdoc />
    public ValueTask<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken = default)
        where T : class, IMerchantRecord => reader.FindAsync<T>(changes, id, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Expression<Func<T, bool>> where, int limit = 1000, CancellationToken cancellationToken = default)
        where T : class, IMerchantRecord => reader.ListAsync(changes, where, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, Guid? before, int limit, CancellationToken cancellationToken = default)
        where T : class, IMerchantRecord => reader.PageAsync(where, before, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, RowOrder<T> order, Guid? after, int limit, CancellationToken cancellationToken = default)
        where T : class, IMerchantRecord => reader.PageAsync(where, order, after, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> CountAsync<T>(Expression<Func<T, bool>> where, CancellationToken cancellationToken = default)
        where T : class, IMerchantRecord => reader.CountAsync(where, cancellationToken);

    /// <inheritdoc />
    public void Add<T>(T record)
        where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(record);
        MustBeOurs(record.MerchantId, record.GetType());
        changes.Append(new RecordAdded(record));
    }

    /// <inheritdoc />
    public T Update<T>(T record)
        where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(record);
        MustBeOurs(record.MerchantId, record.GetType());
        if (changes.Of(record.GetType()).TryGetValue(record.Id, out var standing) && standing.Revision != record.Revision)
        {
            throw new RecordConflictException(
                $"{record.GetType().Name} {record.Id} was read at revision {record.Revision}, and has been changed to {standing.Revision} in this very unit of work. Read it again.");
        }

        var changed = RecordRevision.At(record, record.Revision + 1);
        changes.Append(new RecordUpdated(changed, record.Revision));
        return (T)changed;
    }

    /// <inheritdoc />
    public void Post(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        MustBeOurs(entry.MerchantId, typeof(LedgerEntry));
        if (!changes.WasPosted(entry.Key))
        {
            changes.Append(new EntryPosted(LedgerRules.Checked(entry)));
        }
    }

    /// <inheritdoc />
    public void Raise(DomainEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        MustBeOurs(happened.MerchantId, typeof(DomainEvent));
        changes.Append(new EventRaised(happened));

        // Resolved at the first event: a listener appends to this very unit of work, and so cannot be made before it.
        listeners ??= [.. services.GetServices<IDomainEventListener>()];
        foreach (var listener in listeners)
        {
            listener.On(happened);
        }
    }

    /// <inheritdoc />
    public void Ask(Effect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        MustBeOurs(effect.MerchantId, typeof(Effect));
        if (!changes.WasAsked(effect.Key))
        {
            changes.Append(new EffectAsked(effect));
        }
    }

    /// <inheritdoc />
    public void Settle(EffectSettlement settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        if (settlement.State == EffectState.Pending && settlement.NextDueAt is null)
        {
            throw new ArgumentException("A settlement that leaves the effect pending says when it is tried again.", nameof(settlement));
        }

        changes.Append(new EffectSettled(settlement));
    }

    /// <summary>Keeps what is read by identity until the commit: for bursts, which wait for nobody outside.</summary>
    internal void KeepReads() => reader.Keep();

    /// <inheritdoc />
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (changes.Count == 0)
        {
            reader.Forget();
            return;
        }

        CommitResult done;
        try
        {
            done = await commits.CommitAsync(MerchantId, changes.All, cancellationToken);
        }
        finally
        {
            reader.Forget();
        }

        changes.CutBack(0);
        done.Tell(services);
    }

    private void MustBeOurs(Guid owner, Type kind)
    {
        if (owner != binding.MerchantId)
        {
            throw new InvalidOperationException($"A {kind.Name} of another merchant cannot be written in this scope.");
        }
    }
}
