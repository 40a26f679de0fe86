using System.Globalization;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Exports;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>The lists that an import keeps, read back, and its rejects as a file to download.</summary>
public static class RejectsFile
{
    /// <summary>The rejects that an import kept.</summary>
    public static IReadOnlyList<ImportReject> RejectsOf(InvoiceImport import)
    {
        ArgumentNullException.ThrowIfNull(import);
        return DomainJson.Read<ImportReject[]>(import.RejectsJson);
    }

    /// <summary>The corrections that an import kept.</summary>
    public static IReadOnlyList<ImportCorrection> CorrectionsOf(InvoiceImport import)
    {
        ArgumentNullException.ThrowIfNull(import);
        return DomainJson.Read<ImportCorrection[]>(import.CorrectionsJson);
    }

    /// <summary>Rejects as CSV: UTF-8 with a byte order mark and semicolons, so that a French Excel opens it; formulas made harmless.</summary>
    /// <param name="rejects">The rejects.</param>
    /// <param name="headings">The headings of line, field, rule, value, in the reader's language.</param>
    /// <param name="wordsOf">A rule in the reader's words; null for its code.</param>
    public static byte[] Write(IReadOnlyList<ImportReject> rejects, IReadOnlyList<string> headings, Func<ImportReject, string>? wordsOf = null)
    {
        ArgumentNullException.ThrowIfNull(rejects);
        ArgumentNullException.ThrowIfNull(headings);
        return CsvFile.Lines(
            [headings, .. rejects.Select(reject => (IEnumerable<string>)[reject.Line.ToString(CultureInfo.InvariantCulture), reject.Field, wordsOf?.Invoke(reject) ?? reject.Rule, reject.Value ?? ""])],
            separator: ';', byteOrderMark: true);
    }
}
