using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CentralPay.Workflows.Sandbox.Storage;

/// <summary>A commit need not wait for the disk: with write-ahead logging a killed process loses nothing, and a power cut may cost a sandbox its last second.</summary>
public sealed class QuickCommits : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=NORMAL;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
