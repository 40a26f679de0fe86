using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>
/// Counts the frames of SQLite's log: a frame that names the size of the database ends a commit. A reader that stays keeps
/// the log from beginning anew meanwhile. (File format: sqlite.org/fileformat2.html#the_write_ahead_log.)
/// </summary>
internal sealed class SqliteWrites : IWriteCount
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    private readonly SqliteConnection reader;
    private readonly string log;
    private Writes before = new(0, 0, 0);

    private SqliteWrites(SqliteConnection reader, string log)
    {
        this.reader = reader;
        this.log = log;
    }

    public static async Task<SqliteWrites> BeginAsync(TestBed bed, CancellationToken cancellationToken)
    {
        var reader = new SqliteConnection(new SqliteConnectionStringBuilder(bed.ConnectionString) { Pooling = false }.ConnectionString);
        await reader.OpenAsync(cancellationToken);
        await ExecuteAsync(reader, "PRAGMA wal_checkpoint(TRUNCATE)");
        await ExecuteAsync(reader, "CREATE TABLE IF NOT EXISTS bench_mark (at INTEGER); INSERT INTO bench_mark VALUES (1)");
        await ExecuteAsync(reader, "BEGIN; SELECT count(*) FROM bench_mark");
        var count = new SqliteWrites(reader, new SqliteConnectionStringBuilder(bed.ConnectionString).DataSource + "-wal");
        count.before = await count.NowAsync();
        return count;
    }

    public async Task<Writes> EndAsync()
    {
        var after = await NowAsync();
        return new Writes(after.Transactions - before.Transactions, after.Flushes - before.Flushes, after.Bytes - before.Bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync(reader, "COMMIT");
        await reader.DisposeAsync();
    }

    private async Task<Writes> NowAsync()
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderBytes];
        await file.ReadExactlyAsync(header);
        var pageBytes = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        var salts = header.AsMemory(16, 8);
        var frame = new byte[FrameHeaderBytes];
        long frames = 0, commits = 0;
        for (var at = (long)HeaderBytes; at + FrameHeaderBytes + pageBytes <= file.Length; at += FrameHeaderBytes + pageBytes)
        {
            file.Position = at;
            await file.ReadExactlyAsync(frame);
            if (!frame.AsSpan(8, 8).SequenceEqual(salts.Span))
            {
                break;
            }

            frames++;
            commits += BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) > 0 ? 1 : 0;
        }

        // With synchronous FULL every commit waits for the disk once.
        return new Writes(commits, commits, frames * (FrameHeaderBytes + pageBytes));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
