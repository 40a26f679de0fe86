using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>A statement as somebody would write it by hand, and its values.</summary>
internal sealed record HandStatement(string Sql, params object?[] Values);

/// <summary>A connection on which hand-written transactions run: one round trip each where the driver has batches, prepared commands where not.</summary>
internal sealed class HandConnection(WriteLease lease) : IAsyncDisposable
{
    /// <summary>Runs the statements as one transaction; answers how many rows the first query read.</summary>
    public async Task<int> TransactAsync(params HandStatement[] statements)
    {
        if (lease.Connection.CanCreateBatch)
        {
            return await BatchAsync(statements);
        }

        await using var transaction = await lease.Connection.BeginTransactionAsync();
        var read = 0;
        foreach (var statement in statements)
        {
            var command = lease.Shelf!.Take(statement.Sql);
            command.Transaction = transaction;
            command.Parameters.Clear();
            Fill(command.CreateParameter, command.Parameters, statement.Values, index => $"${index + 1}");
            await using (var rows = await command.ExecuteReaderAsync())
            {
                while (await rows.ReadAsync())
                {
                    read++;
                }
            }

            command.Transaction = null;
        }

        await transaction.CommitAsync();
        return read;
    }

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    // A batch without a transaction around it is one transaction, in one round trip.
    private async Task<int> BatchAsync(HandStatement[] statements)
    {
        await using var batch = lease.Connection.CreateBatch();
        await using var maker = lease.Connection.CreateCommand();
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            Fill(maker.CreateParameter, command.Parameters, statement.Values, _ => "");
            batch.BatchCommands.Add(command);
        }

        await using var rows = await batch.ExecuteReaderAsync();
        var read = 0;
        do
        {
            while (await rows.ReadAsync())
            {
                read++;
            }
        }
        while (await rows.NextResultAsync());
        return read;
    }

    private static void Fill(Func<DbParameter> make, DbParameterCollection parameters, object?[] values, Func<int, string> nameOf)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = make();
            parameter.ParameterName = nameOf(index);
            parameter.Value = values[index] ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }
}
