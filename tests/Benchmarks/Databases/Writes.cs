using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>What cycles wrote, counted by the database.</summary>
/// <param name="Transactions">PostgreSQL: transactions, reads included. SQLite: commits that wrote.</param>
/// <param name="Flushes">How often the log was brought to the disk.</param>
/// <param name="Bytes">Bytes of log written, whole pages that a checkpoint asks for included.</param>
internal sealed record Writes(double Transactions, double Flushes, double Bytes)
{
    private const int Cycles = 200;

    /// <summary>Counts over 200 cycles, one after the other. Nothing else may run on the database.</summary>
    public static async Task<Writes> PerCycleAsync(TestBed bed, Func<Task> cycle, Func<Workers>? workers = null, CancellationToken cancellationToken = default)
    {
        await using IWriteCount count = bed.Provider == StorageProvider.PostgreSql ? await PostgresWrites.BeginAsync(bed, cancellationToken) : await SqliteWrites.BeginAsync(bed, cancellationToken);
        await using (workers?.Invoke())
        {
            for (var done = 0; done < Cycles; done++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await cycle();
            }
        }

        var total = await count.EndAsync();
        return new Writes(total.Transactions / Cycles, total.Flushes / Cycles, total.Bytes / Cycles);
    }
}

/// <summary>Counts what is written from its beginning to its end.</summary>
internal interface IWriteCount : IAsyncDisposable
{
    Task<Writes> EndAsync();
}
