using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>One file of invoices that was taken in, with its result.</summary>
public sealed record InvoiceImport : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The file's name, as it was given.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How far it is.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>Rows read.</summary>
    public int Rows { get; init; }

    /// <summary>Rows handled so far.</summary>
    public int Handled { get; init; }

    /// <summary>New invoices.</summary>
    public int Accepted { get; init; }

    /// <summary>Invoices that came again with a change.</summary>
    public int Corrected { get; init; }

    /// <summary>Invoices that came again as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows refused.</summary>
    public int Rejected { get; init; }

    /// <summary>Refused rows as JSON: line, field, rule, value.</summary>
    public string RejectsJson { get; init; } = "[]";

    /// <summary>What corrections changed, as JSON: line, number, field, before, after.</summary>
    public string CorrectionsJson { get; init; } = "[]";

    /// <summary>Who brought it (a person's name or an API key's).</summary>
    public required string BroughtBy { get; init; }

    /// <summary>When it began (business time).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (business time); null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>How far an import is.</summary>
public enum ImportStatus
{
    /// <summary>Rows are being handled.</summary>
    Running,

    /// <summary>All rows were handled.</summary>
    Completed,

    /// <summary>It was cut off and can be repeated.</summary>
    Interrupted,
}
