using System.Data.Common;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// Reads for the whole process: what is asked while the database answers others goes there together, in one round trip, each
/// question with its own answer. While little is asked, nobody waits for company. Where a round trip fails, each question in it
/// that has no answer yet is asked alone, so that each is told what became of it.
/// </summary>
internal sealed class ReadQueue(Database database)
{
    private const int MostTogether = 32;

    // Those that are slow take connections, of which the pool has two dozen.
    private const int MostSlow = 6;

    private readonly Lock gate = new();
    private readonly Queue<WaitingRead> waiting = new();
    private int asking;
    private int slow;

    /// <summary>After how long a round trip no longer keeps others from theirs. Real time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many questions wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>All rows that answer a question.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, SqlValue[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var asked = new WaitingRead<T>(sql, values, read);
        if (database.MostReaders is not { } most)
        {
            await AskAloneAsync(asked, cancellationToken);
            return asked.Rows;
        }

        var isTurn = false;
        lock (gate)
        {
            isTurn = asking < most;
            if (isTurn)
            {
                asking++;
            }
            else
            {
                waiting.Enqueue(asked);
            }
        }

        if (isTurn)
        {
            await InTurnAsync(AskAloneAsync(asked, cancellationToken));
        }
        else
        {
            await asked.Answer.WaitAsync(cancellationToken);
        }

        return asked.Rows;
    }

    private async Task InTurnAsync(Task answered)
    {
        await answered.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var gaveUp = !answered.IsCompleted && MayGiveItsTurn();
        if (gaveUp)
        {
            PassOn();
        }

        try
        {
            await answered;
        }
        finally
        {
            if (gaveUp)
            {
                Interlocked.Decrement(ref slow);
            }
            else
            {
                PassOn();
            }
        }
    }

    private bool MayGiveItsTurn()
    {
        if (Interlocked.Increment(ref slow) <= MostSlow)
        {
            return true;
        }

        Interlocked.Decrement(ref slow);
        return false;
    }

    /// <summary>Gives a turn to those that waited longest.</summary>
    private void PassOn()
    {
        WaitingRead[] together;
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                asking--;
                return;
            }

            together = new WaitingRead[Math.Min(waiting.Count, MostTogether)];
            for (var index = 0; index < together.Length; index++)
            {
                together[index] = waiting.Dequeue();
            }
        }

        _ = Task.Run(() => InTurnAsync(AskAsync(together)));
    }

    // Throws nothing: each is told by itself.
    private async Task AskAsync(WaitingRead[] together)
    {
        try
        {
            await using var connection = await database.OpenAsync();
            await using var batch = StatementRunner.BatchOf(connection, database.Dialect, together.Select(asked => (asked.Sql, asked.Values)));
            await using var reader = await batch.ExecuteReaderAsync();
            foreach (var asked in together)
            {
                while (await reader.ReadAsync())
                {
                    asked.Take(reader);
                }

                asked.Succeed();
                await reader.NextResultAsync();
            }
        }
        catch (Exception)
        {
            await Task.WhenAll(together.Where(asked => !asked.Answer.IsCompleted).Select(AskAgainAsync));
        }
    }

    private async Task AskAgainAsync(WaitingRead asked)
    {
        try
        {
            await AskAloneAsync(asked, CancellationToken.None);
            asked.Succeed();
        }
        catch (Exception failure)
        {
            asked.Fail(failure);
        }
    }

    private async Task AskAloneAsync(WaitingRead asked, CancellationToken cancellationToken)
    {
        asked.Begin();
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = asked.Sql;
        StatementRunner.Fill(database.Dialect, command, command.Parameters, asked.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            asked.Take(reader);
        }
    }

    /// <summary>A question on its way to the database.</summary>
    private abstract class WaitingRead(string sql, SqlValue[] values)
    {
        private readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Sql => sql;

        public SqlValue[] Values => values;

        public Task Answer => answer.Task;

        /// <summary>Forgets what a try before it took.</summary>
        public abstract void Begin();

        public abstract void Take(DbDataReader row);

        public void Succeed() => answer.SetResult();

        public void Fail(Exception failure) => answer.SetException(failure);
    }

    private sealed class WaitingRead<T>(string sql, SqlValue[] values, Func<DbDataReader, T> read) : WaitingRead(sql, values)
    {
        public List<T> Rows { get; } = [];

        public override void Begin() => Rows.Clear();

        public override void Take(DbDataReader row) => Rows.Add(read(row));
    }
}
