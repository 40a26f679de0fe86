using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Storage;

/// <summary>The one place that opens a write transaction. SQLite has a single writer, so callers wait here in turn instead of meeting "database is locked".</summary>
public sealed class Writer(IDbContextFactory<SandboxDatabase> databases, WakeUp wakeUp) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Runs the change in one transaction: wholly committed on return, not at all on an exception.</summary>
    public async Task<T> WriteAsync<T>(Func<SandboxDatabase, Task<T>> change)
    {
        T result;
        await _turn.WaitAsync();
        try
        {
            await using var database = await databases.CreateDbContextAsync();
            await using var transaction = await database.Database.BeginTransactionAsync();
            result = await change(database);
            await database.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        finally
        {
            _turn.Release();
        }
        wakeUp.Ring();
        return result;
    }

    public void Dispose() => _turn.Dispose();
}
