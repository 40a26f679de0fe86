using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Payments.Records;

/// <summary>
/// One merchant's records: read through, and append what is decided. Nothing is written until the unit of work commits,
/// wholly or not at all; reads already see what was appended. Scoped to a merchant.
/// </summary>
public interface IMerchantRecords
{
    /// <summary>The merchant whose records these are.</summary>
    Guid MerchantId { get; }

    /// <summary>The row, or null; another merchant's row is null too.</summary>
    ValueTask<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken = default) where T : class, IMerchantRecord;

    /// <summary>Rows that fit, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<T>> ListAsync<T>(Expression<Func<T, bool>> where, int limit = 1000, CancellationToken cancellationToken = default) where T : class, IMerchantRecord;

    /// <summary>Committed rows that fit, newest first, from just before <paramref name="before"/>; a page of at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, Guid? before, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord;

    /// <summary>
    /// Committed rows that fit, in an order, from just after the row <paramref name="after"/>; a page of at most
    /// <paramref name="limit"/>, empty when that row is gone.
    /// </summary>
    ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, RowOrder<T> order, Guid? after, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord;

    /// <summary>How many committed rows fit.</summary>
    ValueTask<int> CountAsync<T>(Expression<Func<T, bool>> where, CancellationToken cancellationToken = default) where T : class, IMerchantRecord;

    /// <summary>A new row.</summary>
    void Add<T>(T record) where T : class, IMerchantRecord;

    /// <summary>A changed row, read before at the revision it carries. Answers it as it will stand (revision + 1).</summary>
    T Update<T>(T record) where T : class, IMerchantRecord;

    /// <summary>A balanced ledger entry. A second entry under the same key is ignored.</summary>
    void Post(LedgerEntry entry);

    /// <summary>Something that happened: kept as an event, told to listeners in this very unit of work, and to the feed after the commit.</summary>
    void Raise(DomainEvent happened);

    /// <summary>Something to be done outside, under a key of its own. A second effect under the same key is ignored.</summary>
    void Ask(Effect effect);

    /// <summary>Settles a claimed effect; refused at commit when its lease was lost.</summary>
    void Settle(EffectSettlement settlement);

    /// <summary>
    /// Commits everything appended, or nothing. Throws <see cref="RecordConflictException"/> when a row was changed by
    /// somebody else meanwhile: read again and decide again.
    /// </summary>
    Task CommitAsync(CancellationToken cancellationToken = default);
}

/// <summary>A row was changed by somebody else since it was read, or a unique value is taken.</summary>
public sealed class RecordConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Opens a scope bound to one merchant, for work that has no request to take the merchant from.</summary>
public interface IMerchantScopes
{
    /// <summary>A scope bound to the merchant and to who acts in it; dispose it when the work is done.</summary>
    IMerchantScope Open(Guid merchantId, Actor actor);
}

/// <summary>A merchant's scope.</summary>
public interface IMerchantScope : IAsyncDisposable
{
    /// <summary>The services bound to the merchant.</summary>
    IServiceProvider Services { get; }

    /// <summary>The merchant's records.</summary>
    IMerchantRecords Records { get; }
}
