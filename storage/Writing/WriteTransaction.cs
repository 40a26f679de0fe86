using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>The transaction of a commit: what it must know first, then all it writes, and its end. Left before its end, it changes nothing.</summary>
internal abstract class WriteTransaction : IAsyncDisposable
{
    /// <summary>A transaction on the lease's connection; one that is shared by several waits for a held row not longer than they can be kept waiting for one of them.</summary>
    public static async ValueTask<WriteTransaction> BeginAsync(Database database, WriteLease lease, bool isShared, CancellationToken cancellationToken) =>
        database.EndsTransactionsItself
            ? new BatchedTransaction(database, lease.Connection, isShared)
            : new StepwiseTransaction(database, lease, await lease.Connection.BeginTransactionAsync(cancellationToken));

    /// <summary>Asks questions one after the other.</summary>
    public abstract Task ReadAsync(IReadOnlyList<Query> queries, CancellationToken cancellationToken);

    /// <summary>Writes, and ends the transaction; a statement that does not do what it must ends it with nothing written, and its exception is thrown.</summary>
    public abstract Task CommitAsync(IReadOnlyList<Statement> statements, CommitAttempt attempt, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>What each statement did is looked at here, before the database is told to commit.</summary>
internal sealed class StepwiseTransaction(Database database, WriteLease lease, DbTransaction transaction) : WriteTransaction
{
    private readonly StatementRunner runner = new(database, lease, transaction);

    public override Task ReadAsync(IReadOnlyList<Query> queries, CancellationToken cancellationToken) => runner.ReadAsync(queries, cancellationToken);

    public override async Task CommitAsync(IReadOnlyList<Statement> statements, CommitAttempt attempt, CancellationToken cancellationToken)
    {
        await runner.RunAsync(statements, cancellationToken);

        // From here on there is no going back: a caller that stops waiting must not leave the outcome in doubt.
        attempt.IsInDoubt = true;
        await transaction.CommitAsync(CancellationToken.None);
    }

    public override ValueTask DisposeAsync() => transaction.DisposeAsync();
}
