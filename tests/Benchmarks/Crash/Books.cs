using System.Data.Common;
using System.Globalization;
using CentralPay.Workflows.Storage;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>What stands in the database, asked of itself and not of the product.</summary>
internal sealed class Books(CrashHouse house)
{
    private const int MostTries = 5;

    private bool IsServer => house.Bed.Provider == StorageProvider.PostgreSql;

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        (await ReadAsync(sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken)).Single();

    public async Task<HashSet<string>> NamesAsync(string sql, CancellationToken cancellationToken) =>
        [.. await ReadAsync(sql, row => row.GetString(0), cancellationToken)];

    /// <summary>The one instant that a question answers; null for none.</summary>
    public async Task<DateTimeOffset?> InstantAsync(string sql, CancellationToken cancellationToken) =>
        (await ReadAsync(sql, row => row.IsDBNull(0) ? (DateTimeOffset?)null : IsServer ? row.GetFieldValue<DateTimeOffset>(0) : Instants.FromMicroseconds(row.GetInt64(0)), cancellationToken)).Single();

    /// <summary>Changes something, where nobody else is there.</summary>
    public async Task ChangeAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(writes: true, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Strikes cut every connection, this one too.
    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ReadOnceAsync(sql, read, cancellationToken);
            }
            catch (NpgsqlException) when (tries < MostTries)
            {
                await Task.Delay(Repeating.Pause, cancellationToken);
            }
        }
    }

    private async Task<List<T>> ReadOnceAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(writes: false, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private async Task<DbConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        DbConnection connection = IsServer
            ? new NpgsqlConnection(house.Bed.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder(house.Bed.ConnectionString) { Mode = writes ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly, DefaultTimeout = 30, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
