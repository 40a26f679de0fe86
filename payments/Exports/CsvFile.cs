using CentralPay.Workflows.Payments.Amounts;
using CsvHelper;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>The one place that writes CSV: UTF-8, quoted where needed, cells that a spreadsheet would run made harmless, a page at a time.</summary>
public static class CsvFile
{
    /// <summary>Writes headings and rows; what was read of one page is on its way before the next is read.</summary>
    /// <param name="target">Where to; never read back.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="pages">The rows, page by page.</param>
    /// <param name="style">How.</param>
    /// <param name="cancellationToken">Ends between two pages.</param>
    public static async Task WriteAsync<T>(Stream target, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<IReadOnlyList<T>> pages, ExportStyle style, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(style);
        await target.WriteAsync(Lines([columns.Select(column => style.HeadingOf(column.Field))], style.Separator, style.ByteOrderMark), cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            await target.WriteAsync(Lines(page.Select(row => columns.Select(column => column.Text(row, style))), style.Separator, byteOrderMark: false), cancellationToken);
            await target.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Lines of cells as the bytes of a file, or of a part of it.</summary>
    public static byte[] Lines(IEnumerable<IEnumerable<string>> lines, char separator, bool byteOrderMark)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using var part = new MemoryStream();
        using (var csv = CsvWriter.Create(part, new CsvWriterOptions { Separator = separator, WriteByteOrderMark = byteOrderMark }, leaveOpen: true))
        {
            foreach (var line in lines)
            {
                foreach (var cell in line)
                {
                    csv.WriteField(SpreadsheetFormula.Neutralise(cell));
                }

                csv.EndRecord();
            }
        }

        return part.ToArray();
    }
}
