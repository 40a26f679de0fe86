using CentralPay.Workflows.Payments.Access;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Databases;

/// <summary>Brings the database to the schema this program knows, before anything else touches it.</summary>
public sealed class DatabaseStart(Database database)
{
    /// <summary>
    /// Applies what is missing. Throws <see cref="DatabaseTooNewException"/> when the database was made by a newer
    /// program, and <see cref="Sqlite.DatabaseInUseException"/> when another process has the file.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        await database.PrepareAsync(cancellationToken);
        await using var context = database.NewContext(new MerchantBinding());
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await context.Database.CanConnectAsync(cancellationToken))
        {
            var unknown = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Where(name => !known.Contains(name)).ToList();
            if (unknown.Count > 0)
            {
                throw new DatabaseTooNewException(
                    $"The database was changed by a newer version of CentralPay Workflows ({string.Join(", ", unknown)}). " +
                    "Start that version, or restore a backup made before the update; this version changes nothing.");
            }
        }

        await context.Database.MigrateAsync(cancellationToken);
        await database.ReleaseHeldAsync(cancellationToken);
    }
}

/// <summary>The database was made by a newer version of the program.</summary>
public sealed class DatabaseTooNewException(string message) : Exception(message);
