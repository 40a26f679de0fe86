using System.Data.Common;

namespace CentralPay.Workflows.Storage.Databases;

/// <summary>The right to write, held for one transaction.</summary>
public sealed class WriteLease(DbConnection connection, CommandShelf? shelf, Func<ValueTask> end) : IAsyncDisposable
{
    /// <summary>The open connection to write on.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Commands kept prepared on this connection; null where the driver keeps them itself.</summary>
    public CommandShelf? Shelf { get; } = shelf;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => end();
}

/// <summary>Commands by their text, kept prepared as long as their connection lives. At most 200 are kept.</summary>
public sealed class CommandShelf(DbConnection connection) : IDisposable
{
    private const int MostKept = 200;
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    /// <summary>The command for a text; its parameters are those of its last use.</summary>
    public DbCommand Take(string sql)
    {
        if (commands.TryGetValue(sql, out var kept))
        {
            return kept;
        }

        if (commands.Count >= MostKept)
        {
            Dispose();
        }

        var command = connection.CreateCommand();
        command.CommandText = sql;
        commands.Add(sql, command);
        return command;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        commands.Clear();
    }
}
