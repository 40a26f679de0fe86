using System.Data.Common;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.CrossMerchant;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Databases;

/// <summary>The database the house runs on: how to reach it, how to write to it one at a time, and how it says things.</summary>
public abstract class Database : IAsyncDisposable
{
    private readonly Lazy<Tables> tables;

    /// <summary>A database at an address.</summary>
    protected Database(string connectionString)
    {
        ConnectionString = connectionString;
        tables = new Lazy<Tables>(() =>
        {
            using var context = NewContext(new MerchantBinding());
            return new Tables(context.Model, Dialect);
        });
    }

    /// <summary>Where it is.</summary>
    public string ConnectionString { get; }

    /// <summary>How it says things that databases say differently.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>The statements of its work queue.</summary>
    internal abstract QueueStatements Queue { get; }

    /// <summary>The statements of its outbox.</summary>
    internal abstract OutboxStatements Outbox { get; }

    /// <summary>How many transactions of units of work this process writes at once; what comes meanwhile is written together.</summary>
    internal virtual int MostWriters => 1;

    /// <summary>
    /// After how long one that still writes no longer counts among <see cref="MostWriters"/>: it waits for a row that somebody
    /// else holds, and others need not wait with it. Real time; infinite where one writer is all there is.
    /// </summary>
    internal TimeSpan WriterPatience { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>When the next timer is due, as far as this process knows.</summary>
    internal NextTimer NextTimer { get; } = new();

    /// <summary>The tables, as the unit of work writes them.</summary>
    internal Tables Tables => tables.Value;

    /// <summary>A context that sees the rows of the binding's merchant.</summary>
    public abstract CollectionsDb NewContext(MerchantBinding binding);

    /// <summary>The right to write, with the connection to write on; dispose it when the transaction has ended.</summary>
    public abstract ValueTask<WriteLease> WriteAsync(CancellationToken cancellationToken = default);

    /// <summary>An open connection to read on, or to write one statement where others may write too.</summary>
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Does what the database needs now and then while its rows come and go; called before each claim of work.</summary>
    internal virtual ValueTask KeepUpAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Makes ready for migrations: takes what only one process may have, and clears what a killed one left.</summary>
    public virtual ValueTask PrepareAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>Gives back at once what a killed process held, where no other can be holding anything; else the leases' ends do.</summary>
    public virtual ValueTask ReleaseHeldAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>The table whose unique value was taken; null when the failure is another one.</summary>
    public abstract string? UniqueViolationIn(DbException failure, string? attempted);

    /// <summary>Whether it skips the rest of a batch, the commit too, where a statement fails, and can so be told to commit with the last of them.</summary>
    internal virtual bool EndsTransactionsItself => false;

    /// <summary>Whether a statement of <see cref="Dialect.OneRowOrFail"/> touched no row.</summary>
    internal virtual bool IsMiss(DbException failure) => false;

    /// <summary>Whether the database itself says that it took the transaction back, so that nothing is in doubt.</summary>
    internal virtual bool IsRefusal(DbException failure) => false;

    /// <summary>Whether the transaction lost against another through no fault of its own, and may simply run again.</summary>
    public virtual bool IsDeadlock(DbException failure) => false;

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Context options for a provider, the same for every context.</summary>
    protected static DbContextOptions<TContext> Options<TContext>(Action<DbContextOptionsBuilder<TContext>> configure)
        where TContext : CollectionsDb
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DbContextOptionsBuilder<TContext>();
        configure(options);
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
        return options.Options;
    }
}
