namespace CentralPay.Workflows.Payments.Imports;

/// <summary>What a file of invoices would bring, before anything is changed.</summary>
public sealed record ImportPreview
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The encoding it is in: UTF-8, UTF-16 or Windows-1252.</summary>
    public required string Encoding { get; init; }

    /// <summary>What separates its cells: semicolon, comma or tab.</summary>
    public required char Separator { get; init; }

    /// <summary>Which of its headings was taken for which field.</summary>
    public required IReadOnlyList<ColumnMatch> Columns { get; init; }

    /// <summary>The first rows, as they would be taken in.</summary>
    public required IReadOnlyList<InvoiceRow> FirstRows { get; init; }

    /// <summary>All rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that can be taken in.</summary>
    public required int Valid { get; init; }

    /// <summary>Rows that are refused.</summary>
    public required int Rejected { get; init; }

    /// <summary>Why, at most <see cref="ImportLimits.MaxListed"/>.</summary>
    public required IReadOnlyList<ImportReject> Rejects { get; init; }
}

/// <summary>A heading of a file and the field it was taken for.</summary>
/// <param name="Field">The field (<c>dueDate</c>).</param>
/// <param name="Heading">The file's heading; null when it has none for it.</param>
/// <param name="IsRequired">Whether a file must have it.</param>
public sealed record ColumnMatch(string Field, string? Heading, bool IsRequired);
