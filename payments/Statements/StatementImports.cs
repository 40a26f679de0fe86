using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>
/// Takes files of bank statements in, by whatever door they come. A file that cannot be read as a whole, or does not add up,
/// changes nothing; the same file again changes nothing; an overlapping one adds only what is new.
/// </summary>
public sealed class StatementImports(IMerchantRecords records, IMerchantScopes scopes, TimeProvider time, ICurrentActor current)
{
    private const int MaxFileName = 200;
    private const int MaxTries = 3;
    private const int KeysPerQuery = 500;

    private static readonly TimeSpan CutOffAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// What the file would bring, without changing anything. Needs <see cref="Permissions.ImportStatements"/>. Throws
    /// <see cref="RuleViolationException"/> on the field <c>file</c> when it cannot be read.
    /// </summary>
    public async Task<StatementPreview> PreviewAsync(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ImportStatements);
        var statements = Camt053.Read(content);
        var entries = statements.SelectMany(statement => statement.Entries).ToList();
        var credits = entries.Where(entry => entry.Kind == MovementKind.Credit).ToList();
        var known = 0;
        foreach (var keys in credits.Select(StatementIntake.SourceKeyOf).Chunk(KeysPerQuery).Select(chunk => chunk.ToList()))
        {
            known += await records.CountAsync<IncomingTransfer>(transfer => keys.Contains(transfer.SourceKey) || (transfer.AlsoToldAs != null && keys.Contains(transfer.AlsoToldAs)), cancellationToken);
        }

        return new StatementPreview
        {
            FileName = NameOf(fileName),
            Statements = [.. await SummariesAsync(records, statements, cancellationToken)],
            FirstEntries = [.. credits.Take(StatementLimits.PreviewEntries)],
            New = credits.Count - known,
            Known = known,
            Debits = entries.Count(entry => entry.Kind == MovementKind.Debit),
            Reversals = entries.Count(entry => entry.Kind is MovementKind.CreditReversal or MovementKind.DebitReversal),
            Announced = statements.Sum(statement => statement.Announced),
        };
    }

    /// <summary>
    /// Takes the file in, committing every <see cref="StatementLimits.EntriesPerCommit"/> movements with the count so far.
    /// Cancelled between two commits it stops as interrupted, and can be repeated. Needs <see cref="Permissions.ImportStatements"/>.
    /// Throws <see cref="RuleViolationException"/> on the field <c>file</c> when it cannot be read; then nothing is changed.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">Its name, as it was given.</param>
    /// <param name="progress">Told after each commit; null for nobody.</param>
    /// <param name="cancellationToken">Stops after the commit that runs.</param>
    public async Task<StatementImport> RunAsync(ReadOnlyMemory<byte> content, string fileName, IProgress<StatementImport>? progress, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ImportStatements);
        var statements = Camt053.Read(content);
        var import = await BeginAsync(content, fileName, statements, cancellationToken);
        progress?.Report(import);
        try
        {
            foreach (var batch in statements.SelectMany(statement => statement.Entries).Chunk(StatementLimits.EntriesPerCommit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                import = await TakeAsync(import, batch);
                progress?.Report(import);
            }
        }
        catch (Exception)
        {
            // What was committed stays and is counted; the same file again takes in the rest.
            await EndAsync(import, ImportStatus.Interrupted, statements);
            throw;
        }

        import = await EndAsync(import, ImportStatus.Completed, statements);
        progress?.Report(import);
        return import;
    }

    /// <summary>The statements that an import held.</summary>
    public static IReadOnlyList<StatementSummary> StatementsOf(StatementImport import)
    {
        ArgumentNullException.ThrowIfNull(import);
        return DomainJson.Read<StatementSummary[]>(import.StatementsJson);
    }

    private async Task<StatementImport> BeginAsync(ReadOnlyMemory<byte> content, string fileName, IReadOnlyList<StatementRead> statements, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(records.MerchantId, current.Actor);
        var now = time.GetUtcNow();
        await EndCutOffAsync(scope.Records, now, cancellationToken);
        var import = new StatementImport
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            FileName = NameOf(fileName),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            Status = ImportStatus.Running,
            Entries = statements.Sum(statement => statement.Entries.Count),
            StatementsJson = DomainJson.Write(await SummariesAsync(scope.Records, statements, cancellationToken)),
            BroughtBy = current.Actor.Name,
            StartedAt = now,
        };
        scope.Records.Add(import);
        AuditOf(scope).Write("statement.started", $"statement-import:{import.Id}", new { import.Sha256, import.Entries });
        await scope.Records.CommitAsync(cancellationToken);
        return import;
    }

    private static async Task EndCutOffAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - CutOffAfter;
        foreach (var import in await records.ListAsync<StatementImport>(import => import.Status == ImportStatus.Running && import.StartedAt < before, cancellationToken: cancellationToken))
        {
            records.Update(import with { Status = ImportStatus.Interrupted, CompletedAt = now });
        }
    }

    private static async Task<StatementSummary[]> SummariesAsync(IMerchantRecords records, IReadOnlyList<StatementRead> statements, CancellationToken cancellationToken)
    {
        var summaries = new List<StatementSummary>(statements.Count);
        var closing = new Dictionary<(string Account, string Currency), long>();
        foreach (var statement in statements)
        {
            // Statements of one file follow each other; the first of an account follows what came before.
            var followsGap = statement.Opening is { } opening && closing.TryGetValue((statement.Account, opening.Currency), out var before)
                ? before != opening.AmountMinor
                : await StatementOrder.FollowsGapAsync(records, statement, cancellationToken);
            summaries.Add(StatementSummary.Of(statement, followsGap));
            if (statement.Closing is { } closed)
            {
                closing[(statement.Account, closed.Currency)] = closed.AmountMinor;
            }
        }

        return [.. summaries];
    }

    private async Task<StatementImport> TakeAsync(StatementImport import, StatementEntry[] batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A unit of work of its own: what a refused commit held is dropped with it, and the next try reads again.
            await using var scope = scopes.Open(records.MerchantId, current.Actor);
            var taken = await scope.Services.GetRequiredService<StatementIntake>().TakeAsync(batch, CancellationToken.None);
            var next = scope.Records.Update(import with
            {
                Handled = import.Handled + batch.Length,
                Added = import.Added + taken.Added,
                Known = import.Known + taken.Known,
                Debits = import.Debits + taken.Debits,
                Reversals = import.Reversals + taken.Reversals,
            });
            try
            {
                await scope.Records.CommitAsync(CancellationToken.None);
                return next;
            }
            catch (RecordConflictException) when (attempt < MaxTries)
            {
                // The gateway told one of these transfers meanwhile.
            }
        }
    }

    private async Task<StatementImport> EndAsync(StatementImport import, ImportStatus status, IReadOnlyList<StatementRead> statements)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.Open(records.MerchantId, current.Actor);
            var now = time.GetUtcNow();
            var ended = scope.Records.Update(import with { Status = status, CompletedAt = now });
            if (status == ImportStatus.Completed)
            {
                await KeepStatementsAsync(scope.Records, statements, import.Id);
                scope.Records.Raise(Completed(ended, now));
            }

            AuditOf(scope).Write(status == ImportStatus.Completed ? "statement.completed" : "statement.interrupted", $"statement-import:{ended.Id}", new { ended.Added, ended.Known, ended.Debits, ended.Reversals });
            try
            {
                await scope.Records.CommitAsync(CancellationToken.None);
                return ended;
            }
            catch (RecordConflictException) when (attempt < MaxTries)
            {
                // The same statement came through another door at the same moment.
            }
        }
    }

    private static async Task KeepStatementsAsync(IMerchantRecords records, IReadOnlyList<StatementRead> statements, Guid importId)
    {
        var byKey = statements.DistinctBy(StatementOrder.KeyOf).ToDictionary(StatementOrder.KeyOf, StringComparer.Ordinal);
        var keys = byKey.Keys.ToList();
        var known = await records.ListAsync<BankStatement>(statement => keys.Contains(statement.Key), keys.Count, CancellationToken.None);
        foreach (var key in keys.Except(known.Select(statement => statement.Key)))
        {
            records.Add(StatementOrder.Kept(byKey[key], records.MerchantId, importId));
        }
    }

    private static DomainEvent Completed(StatementImport import, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = import.MerchantId,
        Name = EventNames.StatementImported,
        At = at,
        SubjectId = import.Id,
        DataJson = DomainJson.Write(new { import.FileName, import.Added, import.Known, import.Debits, import.Reversals }),
    };

    private static AuditLog AuditOf(IMerchantScope scope) => scope.Services.GetRequiredService<AuditLog>();

    private static string NameOf(string fileName)
    {
        var name = new string([.. Path.GetFileName(fileName ?? "").Where(letter => !char.IsControl(letter))]);
        return name.Length == 0 ? "statement.xml" : name.Length > MaxFileName ? name[^MaxFileName..] : name;
    }
}
