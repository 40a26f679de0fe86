using System.Security.Cryptography;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Drop;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Statements;

namespace CentralPay.Workflows.Server.Drop;

/// <summary>
/// Takes one complete file in: by its content as invoices or as a bank statement, through the same services as the pages and
/// the API. Booking comes first, moving last: whatever stops us between, the file is known by its content next time.
/// </summary>
internal sealed class DropIntake(IMerchantScopes scopes, TimeProvider time, IWorkSignal signal)
{
    private static readonly Actor Folder = new()
    {
        Id = "drop",
        Name = "Drop folder",
        Permissions = new HashSet<string> { Permissions.Read, Permissions.ImportInvoices, Permissions.ImportStatements },
    };

    /// <summary>What became of the file; null when it is not there any more, cannot be opened yet, or changed while it was read.</summary>
    public async Task<DropOutcome?> TakeAsync(DropPlace place, Guid merchantId, string path, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(merchantId, Folder);
        var merchant = await scope.Records.FindAsync<Merchant>(merchantId, cancellationToken) ?? throw new InvalidOperationException($"The merchant {merchantId} does not exist.");
        var (content, refused) = Read(path);
        if (content is null && refused is null)
        {
            return null;
        }

        var file = new DroppedFile
        {
            Id = Guid.CreateVersion7(),
            MerchantId = merchantId,
            FileName = Path.GetFileName(path),
            Sha256 = content is null ? "" : Convert.ToHexStringLower(SHA256.HashData(content)),
            Kind = content is null ? DropKind.Unknown : KindOf(content),
            Outcome = DropOutcome.Rejected,
            TakenAt = time.GetUtcNow(),
        };
        var (taken, invoices, statement, errors) = refused is null ? await TakeAsync(scope, file, content!, cancellationToken) : (file, null, null, [refused]);
        await KeepAsync(merchantId, taken, errors, cancellationToken);
        var destination = place.Destination(path, taken.Outcome != DropOutcome.Rejected, taken.Sha256, taken.TakenAt);
        await DropPlace.SettleAsync(path, destination, DropReport.Of(taken, merchant, invoices, statement, errors), cancellationToken);
        signal.Set();
        return taken.Outcome;
    }

    private static async Task<(DroppedFile File, InvoiceImport? Invoices, StatementImport? Statement, IReadOnlyList<RuleViolation> Errors)> TakeAsync(IMerchantScope scope, DroppedFile file, byte[] content, CancellationToken cancellationToken)
    {
        var sha256 = file.Sha256;
        try
        {
            if (file.Kind == DropKind.Statement)
            {
                var before = await scope.Records.ListAsync<StatementImport>(import => import.Sha256 == sha256 && import.Status == ImportStatus.Completed, 1, cancellationToken);
                var statement = before.Count > 0 ? before[0] : await scope.Services.GetRequiredService<StatementImports>().RunAsync(content, file.FileName, null, cancellationToken);
                return (file with { Outcome = before.Count > 0 ? DropOutcome.Known : DropOutcome.Taken, ImportId = statement.Id }, null, statement, []);
            }

            var earlier = await scope.Records.ListAsync<InvoiceImport>(import => import.Sha256 == sha256 && import.Status == ImportStatus.Completed, 1, cancellationToken);
            var invoices = earlier.Count > 0 ? earlier[0] : await scope.Services.GetRequiredService<InvoiceImports>().RunAsync(content, file.FileName, null, cancellationToken);
            return (file with { Outcome = earlier.Count > 0 ? DropOutcome.Known : DropOutcome.Taken, ImportId = invoices.Id }, invoices, null, []);
        }
        catch (RuleViolationException broken)
        {
            return (file with { ErrorsJson = DomainJson.Write(broken.Violations) }, null, null, broken.Violations);
        }
    }

    private async Task KeepAsync(Guid merchantId, DroppedFile file, IReadOnlyList<RuleViolation> errors, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(merchantId, Folder);
        var kept = file with { ErrorsJson = DomainJson.Write(errors) };
        scope.Records.Add(kept);
        if (kept.Outcome == DropOutcome.Rejected)
        {
            scope.Records.Raise(new DomainEvent
            {
                Id = Guid.CreateVersion7(),
                MerchantId = merchantId,
                Name = EventNames.DropRejected,
                At = kept.TakenAt,
                SubjectId = kept.Id,
                DataJson = DomainJson.Write(new { kept.FileName, errors = errors.Select(error => error.Code) }),
            });
        }

        scope.Services.GetRequiredService<AuditLog>().Write("drop.taken", $"drop:{kept.Id}", new { kept.Sha256, kept.Outcome });
        await scope.Records.CommitAsync(cancellationToken);
    }

    private static (byte[]? Content, RuleViolation? Refused) Read(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return (null, RuleViolation.Of("file", RuleCodes.FileIsLink));
            }

            var before = new FileInfo(path);
            if (before.Length > ImportLimits.MaxBytes)
            {
                return (null, RuleViolation.Of("file", RuleCodes.FileTooLarge, ("limit", $"{ImportLimits.MaxBytes / (1024 * 1024)} MB")));
            }

            byte[] content;
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
            {
                content = new byte[stream.Length];
                stream.ReadExactly(content);
            }

            // Whoever wrote on while we read, or put a link in its place, is waited for.
            var after = new FileInfo(path);
            var isSame = after.Exists && after.LinkTarget is null && after.Length == content.Length && after.Length == before.Length && after.LastWriteTimeUtc == before.LastWriteTimeUtc;
            return isSame ? (content, null) : (null, null);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, RuleViolation.Of("file", RuleCodes.FileUnreadable));
        }
        catch (IOException)
        {
            // Gone, or held by whoever writes it.
            return (null, null);
        }
    }

    private static DropKind KindOf(ReadOnlySpan<byte> content)
    {
        const int looked = 64;
        foreach (var letter in content[..Math.Min(looked, content.Length)])
        {
            switch (letter)
            {
                case (byte)'<':
                    return DropKind.Statement;
                case 0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    break;
                default:
                    return DropKind.Invoices;
            }
        }

        return DropKind.Unknown;
    }
}
