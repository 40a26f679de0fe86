using System.Collections.Concurrent;
using CentralPay.Workflows.Storage.Databases;
using Microsoft.Data.Sqlite;

namespace CentralPay.Workflows.Storage.Sqlite;

/// <summary>
/// A database file as this process holds it: one gate through which all writers go, one connection they write on, and a
/// lock file that keeps a second process out. Everyone in the process who names the same file shares it.
/// </summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, SqliteFile> Open = new(StringComparer.Ordinal);

    private readonly string connectionString;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Lock holding = new();
    private int holders;
    private FileStream? processLock;
    private SqliteConnection? writer;
    private CommandShelf? shelf;

    private SqliteFile(string path, string connectionString)
    {
        Path = path;
        this.connectionString = connectionString;
    }

    public string Path { get; }

    public static SqliteFile At(string path, string connectionString) =>
        Open.GetOrAdd(System.IO.Path.GetFullPath(path), full => new SqliteFile(full, connectionString));

    /// <summary>Keeps other processes out until released; throws <see cref="DatabaseInUseException"/> when one is in.</summary>
    public void Hold()
    {
        lock (holding)
        {
            if (holders == 0)
            {
                processLock = Lock();
            }

            holders++;
        }
    }

    /// <summary>Releases one hold; the last one closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            lock (holding)
            {
                if (holders == 0 || --holders > 0)
                {
                    return;
                }

                shelf?.Dispose();
                writer?.Dispose();
                (shelf, writer) = (null, null);
                using (var pooled = new SqliteConnection(connectionString))
                {
                    SqliteConnection.ClearPool(pooled);
                }

                processLock?.Dispose();
                processLock = null;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask<WriteLease> WriteAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (writer is null)
            {
                writer = new SqliteConnection(connectionString);
                await writer.OpenAsync(cancellationToken);
                shelf = new CommandShelf(writer);
            }

            return new WriteLease(writer, shelf, Leave);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>The gate alone, for those who write on a connection of their own.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => gate.WaitAsync(cancellationToken);

    /// <summary>The gate alone, for those who cannot await.</summary>
    public void Enter() => gate.Wait();

    /// <summary>Lets the next writer in.</summary>
    public void Exit() => gate.Release();

    private ValueTask Leave()
    {
        gate.Release();
        return ValueTask.CompletedTask;
    }

    private FileStream Lock()
    {
        var name = Path + ".lock";
        try
        {
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException inUse)
        {
            throw new DatabaseInUseException(
                $"The database {Path} is in use by another process. A SQLite database serves one process; " +
                "stop the other one, or set Storage:Provider to PostgreSql to run several.", inUse);
        }
    }
}

/// <summary>Another process has the database file.</summary>
public sealed class DatabaseInUseException(string message, Exception inner) : Exception(message, inner);
