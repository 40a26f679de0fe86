using System.Data;
using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// A transaction in as few round trips as can be: it begins with its first questions and is committed with its last
/// statements, because a statement that misses its row fails in the database, which then skips what follows, the commit too.
/// </summary>
internal sealed class BatchedTransaction(Database database, DbConnection connection, bool isShared) : WriteTransaction
{
    private const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
    private const int MostInBatch = 1000;

    // Words of its own, so that it can say how long it waits: that holds within a transaction that was begun.
    private readonly string[] beginning = isShared ? [Begin, "SET LOCAL lock_timeout = '2s'"] : [Begin];
    private bool isOpen;

    public override async Task ReadAsync(IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        await using var batch = Batch(queries.Select(query => (query.Sql, query.Values)), begins: !isOpen, commits: false);
        isOpen = true;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var query in queries)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                query.Read(reader);
            }

            await reader.NextResultAsync(cancellationToken);
        }
    }

    public override async Task CommitAsync(IReadOnlyList<Statement> statements, CommitAttempt attempt, CancellationToken cancellationToken)
    {
        JoinedStatement[][] chunks = [.. (attempt.IsApart ? JoinedStatement.Apart(statements) : JoinedStatement.Join(statements)).Chunk(MostInBatch)];
        foreach (var chunk in chunks.SkipLast(1))
        {
            await RunAsync(chunk, begins: !isOpen, commits: false, isLast: false, attempt, cancellationToken);
        }

        // A batch without a transaction around it is one. A caller that stops waiting must not leave the outcome of the last in doubt.
        var begins = isShared && !isOpen;
        await RunAsync(chunks.LastOrDefault() ?? [], begins, commits: isOpen || begins, isLast: true, attempt, CancellationToken.None);
        isOpen = false;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!isOpen || connection.State != ConnectionState.Open)
        {
            return;
        }

        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it; what failed first is on its way.
        }
    }

    private async Task RunAsync(IReadOnlyList<JoinedStatement> statements, bool begins, bool commits, bool isLast, CommitAttempt attempt, CancellationToken cancellationToken)
    {
        await using var batch = Batch(statements.Select(statement => (TextOf(statement), statement.Values())), begins, commits);
        isOpen |= begins;

        // From here on there is no going back.
        attempt.IsInDoubt = isLast;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception failure) when (IsOfAValue(failure))
        {
            // It could not even be written down for the database, which so has heard of no commit.
            attempt.IsInDoubt = false;
            throw;
        }
        catch (DbException failure)
        {
            attempt.IsInDoubt &= !database.IsRefusal(failure);
            if (StatementOf(failure, batch, statements, begins) is not { } statement || (database.UniqueViolationIn(failure, statement.First.Table) is null && !database.IsMiss(failure)))
            {
                throw;
            }

            throw statement.IsMany ? new JoinedStatementFailedException(statement.First.Table, failure)
                : database.IsMiss(failure) ? StatementRunner.Missed(statement.First, 0)
                : StatementRunner.Taken(statement.First, failure);
        }
    }

    private static bool IsOfAValue(Exception failure) => failure is ArgumentException or InvalidCastException or FormatException or OverflowException or NotSupportedException;

    private string TextOf(JoinedStatement statement) => (statement.First.MustTouch, statement.IsMany) switch
    {
        (MustTouch.OneRow, false) => database.Dialect.OneRowOrFail(statement.First.Sql),
        (MustTouch.OneRow, true) => database.Dialect.AllRowsOrFail(statement.First.Text.Many!),
        (_, false) => statement.First.Sql,
        (_, true) => statement.First.Text.Many!,
    };

    private JoinedStatement? StatementOf(DbException failure, DbBatch batch, IReadOnlyList<JoinedStatement> statements, bool begins) =>
        failure.BatchCommand is { } command && batch.BatchCommands.IndexOf(command) - (begins ? beginning.Length : 0) is >= 0 and var index && index < statements.Count ? statements[index] : null;

    private DbBatch Batch(IEnumerable<(string Sql, SqlValue[] Values)> parts, bool begins, bool commits)
    {
        return StatementRunner.BatchOf(connection, database.Dialect, [.. Words(begins ? beginning : []), .. parts, .. Words(commits ? ["COMMIT"] : [])]);

        static IEnumerable<(string, SqlValue[])> Words(string[] words) => words.Select(word => (word, Array.Empty<SqlValue>()));
    }
}
