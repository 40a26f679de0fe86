using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Drop;

/// <summary>A file that came through the drop folder, and what became of it.</summary>
public sealed record DroppedFile : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The file's name, as it was delivered.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal; empty for one that could not be read.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it was taken for.</summary>
    public required DropKind Kind { get; init; }

    /// <summary>What became of it.</summary>
    public required DropOutcome Outcome { get; init; }

    /// <summary>The import it led to, or the earlier one of the same content; null when it was refused.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Why it was refused, as JSON: field, code, arguments of each rule.</summary>
    public string ErrorsJson { get; init; } = "[]";

    /// <summary>When it was taken (business time).</summary>
    public required DateTimeOffset TakenAt { get; init; }
}

/// <summary>What a file in the drop folder holds.</summary>
public enum DropKind
{
    /// <summary>Invoices, as CSV.</summary>
    Invoices,

    /// <summary>Bank statements, as camt.053.</summary>
    Statement,

    /// <summary>It could not be told.</summary>
    Unknown,
}

/// <summary>What became of a file in the drop folder.</summary>
public enum DropOutcome
{
    /// <summary>It was taken in.</summary>
    Taken,

    /// <summary>The same content was taken in before: nothing changed.</summary>
    Known,

    /// <summary>It broke a rule and changed nothing.</summary>
    Rejected,
}
