using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Runs the statements of one transaction: in batches where the driver has them, prepared one by one where not.</summary>
internal sealed class StatementRunner(Database database, WriteLease lease, DbTransaction transaction)
{
    private const int MostInBatch = 1000;

    public async Task RunAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (lease.Connection.CanCreateBatch)
        {
            foreach (var chunk in statements.Chunk(MostInBatch))
            {
                await RunBatchAsync(chunk, cancellationToken);
            }

            return;
        }

        foreach (var statement in statements)
        {
            await RunOneAsync(statement, cancellationToken);
        }
    }

    /// <summary>Reads rows within the transaction.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, SqlValue[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var command = Command(sql, values);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            await GiveBackAsync(command);
        }
    }

    /// <summary>Asks several questions one after the other within the transaction, in one round trip where the driver has batches.</summary>
    public async Task ReadAsync(IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        if (!lease.Connection.CanCreateBatch || queries.Count < 2)
        {
            foreach (var query in queries)
            {
                await ReadAsync(query.Sql, query.Values, row =>
                {
                    query.Read(row);
                    return true;
                }, cancellationToken);
            }

            return;
        }

        await using var batch = BatchOf(lease.Connection, database.Dialect, queries.Select(query => (query.Sql, query.Values)));
        batch.Transaction = transaction;
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

    private async Task RunOneAsync(Statement statement, CancellationToken cancellationToken)
    {
        var command = Command(statement.Sql, statement.Values);
        try
        {
            Check(statement, await command.ExecuteNonQueryAsync(cancellationToken));
        }
        catch (DbException failure) when (database.UniqueViolationIn(failure, statement.Table) is not null)
        {
            throw Taken(statement, failure);
        }
        finally
        {
            await GiveBackAsync(command);
        }
    }

    private async Task RunBatchAsync(Statement[] statements, CancellationToken cancellationToken)
    {
        await using var batch = BatchOf(lease.Connection, database.Dialect, statements.Select(statement => (statement.Sql, statement.Values)));
        batch.Transaction = transaction;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException failure) when (database.UniqueViolationIn(failure, null) is { } table)
        {
            throw Taken(statements.FirstOrDefault(statement => statement.Table == table) ?? statements[0], failure);
        }

        for (var index = 0; index < statements.Length; index++)
        {
            Check(statements[index], batch.BatchCommands[index].RecordsAffected);
        }
    }

    private static void Check(Statement statement, int touched)
    {
        if (statement.MustTouch == MustTouch.OneRow && touched != 1)
        {
            throw Missed(statement, touched);
        }
    }

    /// <summary>What is thrown when a statement did not touch its one row.</summary>
    public static Exception Missed(Statement statement, int touched) =>
        statement.WhenMissed?.Invoke()
        ?? new InvalidOperationException($"A statement on {statement.Table} touched {touched} rows instead of one.");

    /// <summary>What is thrown when a unique value is taken.</summary>
    public static Exception Taken(Statement statement, DbException failure) =>
        statement.WhenTaken?.Invoke(failure)
        ?? new InvalidOperationException($"A unique value of {statement.Table} is taken: {failure.Message}", failure);

    private DbCommand Command(string sql, SqlValue[] values)
    {
        var command = lease.Shelf?.Take(sql) ?? lease.Connection.CreateCommand();
        if (lease.Shelf is null)
        {
            command.CommandText = sql;
        }

        command.Transaction = transaction;
        command.Parameters.Clear();
        Fill(database.Dialect, command, command.Parameters, values);
        return command;
    }

    private ValueTask GiveBackAsync(DbCommand command)
    {
        if (lease.Shelf is null)
        {
            return command.DisposeAsync();
        }

        command.Transaction = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>Statements with their values as one batch: one round trip.</summary>
    public static DbBatch BatchOf(DbConnection connection, Dialect dialect, IEnumerable<(string Sql, SqlValue[] Values)> statements)
    {
        var batch = connection.CreateBatch();
        using var maker = connection.CreateCommand();
        foreach (var (sql, values) in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            Fill(dialect, maker, command.Parameters, values);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>Runs statements and reads the rows of the last, in one round trip and one transaction: a batch without a transaction around it is one.</summary>
    public static async Task ReadLastAsync(DbConnection connection, Dialect dialect, IReadOnlyList<string> before, string sql, SqlValue[] values, Action<DbDataReader> read, CancellationToken cancellationToken)
    {
        await using var batch = BatchOf(connection, dialect, [.. before.Select(each => (each, Array.Empty<SqlValue>())), (sql, values)]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var skipped = 0; skipped < before.Count; skipped++)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            read(reader);
        }
    }

    /// <summary>Hands values over as parameters, in their order.</summary>
    public static void Fill(Dialect dialect, DbCommand maker, DbParameterCollection parameters, SqlValue[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var name = dialect.ParameterName(index + 1);
            var (value, type) = values[index];
            if (type is not null)
            {
                parameters.Add(values[index].IsList ? dialect.ListParameter(type, (object?[])value!, maker) : type.CreateParameter(maker, name, value, nullable: true));
                continue;
            }

            var parameter = maker.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }
}
