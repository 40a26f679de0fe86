using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>
/// Takes files of invoices in. A file that cannot be read as a whole changes nothing; a row that breaks a rule is refused with
/// line, field and rule while the others go in; the same file again changes nothing; a changed amount or date is a correction.
/// </summary>
public sealed class InvoiceImports(IMerchantRecords records, IMerchantScopes scopes, TimeProvider time, ICurrentActor current)
{
    private const int MaxFileName = 200;
    private const int MaxTries = 3;

    /// <summary>An import makes progress every few seconds; one that began this long ago (business time) was cut off with its process.</summary>
    public static readonly TimeSpan CutOffAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// What the file would bring, without changing anything. Needs <see cref="Permissions.ImportInvoices"/>. Throws
    /// <see cref="RuleViolationException"/> on the field <c>file</c> when it cannot be read.
    /// </summary>
    public async Task<ImportPreview> PreviewAsync(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ImportInvoices);
        var merchant = await records.MerchantAsync(cancellationToken);
        var file = InvoiceFile.Read(content.Span, MappingProfile.Standard);
        var read = ReadRows.Of(file, merchant.Currency);
        return new ImportPreview
        {
            FileName = NameOf(fileName),
            Encoding = file.Encoding,
            Separator = file.Separator,
            Columns = [.. Enum.GetValues<InvoiceColumn>().Select(column => new ColumnMatch(MappingProfile.FieldOf(column), file.Headings.GetValueOrDefault(column), MappingProfile.Required.Contains(column)))],
            FirstRows = [.. read.Rows.Take(ImportLimits.PreviewRows)],
            Rows = file.Rows.Count,
            Valid = read.Rows.Count,
            Rejected = read.RejectedRows,
            Rejects = [.. read.Rejects.Take(ImportLimits.MaxListed)],
        };
    }

    /// <summary>
    /// Takes the file in, committing every <see cref="ImportLimits.RowsPerCommit"/> rows with the count so far. Cancelled between
    /// two commits it stops as interrupted, and can be repeated. Needs <see cref="Permissions.ImportInvoices"/>. Throws
    /// <see cref="RuleViolationException"/> on the field <c>file</c> when it cannot be read; then nothing is changed.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">Its name, as it was given.</param>
    /// <param name="progress">Told after each commit; null for nobody.</param>
    /// <param name="cancellationToken">Stops after the commit that runs.</param>
    public async Task<InvoiceImport> RunAsync(ReadOnlyMemory<byte> content, string fileName, IProgress<InvoiceImport>? progress, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ImportInvoices);
        var merchant = await records.MerchantAsync(cancellationToken);
        var file = InvoiceFile.Read(content.Span, MappingProfile.Standard);
        var read = ReadRows.Of(file, merchant.Currency);
        var import = await BeginAsync(content, fileName, file, read, cancellationToken);
        progress?.Report(import);

        var rejects = new List<ImportReject>(read.Rejects);
        var corrections = new List<ImportCorrection>();
        try
        {
            foreach (var batch in read.Rows.Chunk(ImportLimits.RowsPerCommit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                import = await TakeAsync(import, batch, merchant, rejects, corrections);
                progress?.Report(import);
            }
        }
        catch (Exception)
        {
            // What was committed stays and is counted; the same file again takes in the rest.
            await EndAsync(import, ImportStatus.Interrupted);
            throw;
        }

        import = await EndAsync(import, ImportStatus.Completed);
        progress?.Report(import);
        return import;
    }

    private async Task<InvoiceImport> BeginAsync(ReadOnlyMemory<byte> content, string fileName, InvoiceFile file, ReadRows read, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(records.MerchantId, current.Actor);
        var now = time.GetUtcNow();
        await EndCutOffAsync(scope.Records, now, cancellationToken);
        var import = new InvoiceImport
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            FileName = NameOf(fileName),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            Status = ImportStatus.Running,
            Rows = file.Rows.Count,
            Handled = read.RejectedRows,
            Rejected = read.RejectedRows,
            RejectsJson = Listed(read.Rejects),
            BroughtBy = current.Actor.Name,
            StartedAt = now,
        };
        scope.Records.Add(import);
        AuditOf(scope).Write("import.started", $"import:{import.Id}", new { import.Sha256, import.Rows });
        await scope.Records.CommitAsync(cancellationToken);
        return import;
    }

    private static async Task EndCutOffAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - CutOffAfter;
        var cutOff = await records.ListAsync<InvoiceImport>(import => import.Status == ImportStatus.Running && import.StartedAt < before, cancellationToken: cancellationToken);
        foreach (var import in cutOff)
        {
            records.Update(import with { Status = ImportStatus.Interrupted, CompletedAt = now });
        }
    }

    private async Task<InvoiceImport> TakeAsync(InvoiceImport import, InvoiceRow[] batch, Merchant merchant, List<ImportReject> rejects, List<ImportCorrection> corrections)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A unit of work of its own: what a refused commit held is dropped with it, and the next try reads again.
            await using var scope = scopes.Open(records.MerchantId, current.Actor);
            var result = await scope.Services.GetRequiredService<InvoiceIntake>().TakeAsync(batch, merchant, CancellationToken.None);
            var next = scope.Records.Update(import with
            {
                Handled = import.Handled + batch.Length,
                Accepted = import.Accepted + result.Accepted,
                Corrected = import.Corrected + result.Corrected,
                Unchanged = import.Unchanged + result.Unchanged,
                Rejected = import.Rejected + result.Rejects.Count,
                RejectsJson = result.Rejects.Count == 0 ? import.RejectsJson : Listed(rejects.Concat(result.Rejects).OrderBy(reject => reject.Line)),
                CorrectionsJson = result.Corrections.Count == 0 ? import.CorrectionsJson : Listed(corrections.Concat(result.Corrections)),
            });
            try
            {
                await scope.Records.CommitAsync(CancellationToken.None);
                rejects.AddRange(result.Rejects);
                corrections.AddRange(result.Corrections);
                return next;
            }
            catch (RecordConflictException) when (attempt < MaxTries)
            {
                // Somebody paid or imported meanwhile.
            }
        }
    }

    private async Task<InvoiceImport> EndAsync(InvoiceImport import, ImportStatus status)
    {
        await using var scope = scopes.Open(records.MerchantId, current.Actor);
        var now = time.GetUtcNow();
        var ended = scope.Records.Update(import with { Status = status, CompletedAt = now });
        if (status == ImportStatus.Completed)
        {
            scope.Records.Raise(new DomainEvent
            {
                Id = Guid.CreateVersion7(),
                MerchantId = ended.MerchantId,
                Name = EventNames.ImportCompleted,
                At = now,
                SubjectId = ended.Id,
                DataJson = DomainJson.Write(new { ended.FileName, ended.Accepted, ended.Corrected, ended.Unchanged, ended.Rejected }),
            });
        }

        AuditOf(scope).Write(status == ImportStatus.Completed ? "import.completed" : "import.interrupted", $"import:{ended.Id}", new { ended.Accepted, ended.Corrected, ended.Unchanged, ended.Rejected });
        await scope.Records.CommitAsync(CancellationToken.None);
        return ended;
    }

    private static AuditLog AuditOf(IMerchantScope scope) => scope.Services.GetRequiredService<AuditLog>();

    private static string Listed<T>(IEnumerable<T> rows) => DomainJson.Write(rows.Take(ImportLimits.MaxListed).ToArray());

    private static string NameOf(string fileName)
    {
        var name = new string([.. Path.GetFileName(fileName ?? "").Where(letter => !char.IsControl(letter))]);
        return name.Length == 0 ? "invoices.csv" : name.Length > MaxFileName ? name[^MaxFileName..] : name;
    }
}
