using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>A list ready to be written as a file, whatever its rows are.</summary>
public sealed class ListExport
{
    // Enough for one query to be worth it, few enough to hold.
    private const int RowsPerPage = 500;

    private readonly Func<Stream, ExportStyle, CancellationToken, Task> write;

    private ListExport(string name, Func<Stream, ExportStyle, CancellationToken, Task> write)
    {
        Name = name;
        this.write = write;
    }

    /// <summary>What the list holds (<c>invoices</c>): its file's name begins with it.</summary>
    public string Name { get; }

    /// <summary>A list of rows that come page by page.</summary>
    public static ListExport Of<T>(string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<IReadOnlyList<T>> pages) =>
        new(name, (target, style, cancellationToken) => CsvFile.WriteAsync(target, columns, pages, style, cancellationToken));

    /// <summary>A merchant's records, newest first, read a page at a time, with what else a page of them needs read for all of it.</summary>
    public static ListExport Of<TRow, T>(
        string name, IReadOnlyList<ExportColumn<T>> columns, IMerchantRecords records, Expression<Func<TRow, bool>> where, RowOrder<TRow>? order,
        Func<IReadOnlyList<TRow>, CancellationToken, Task<IReadOnlyList<T>>> complete)
        where TRow : class, IMerchantRecord =>
        Of(name, columns, PagesAsync(records, where, order ?? RowOrder<TRow>.Newest, complete));

    /// <summary>Writes the list.</summary>
    public Task WriteAsync(Stream target, ExportStyle style, CancellationToken cancellationToken) => write(target, style, cancellationToken);

    /// <summary>Rows that are read from just after the last of the page before, until a page is not full.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<T?, int, CancellationToken, Task<IReadOnlyList<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        IReadOnlyList<T> page;
        var last = default(T);
        do
        {
            page = await read(last, RowsPerPage, cancellationToken);
            if (page.Count > 0)
            {
                yield return page;
                last = page[^1];
            }
        }
        while (page.Count == RowsPerPage);
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<TRow, T>(
        IMerchantRecords records, Expression<Func<TRow, bool>> where, RowOrder<TRow> order, Func<IReadOnlyList<TRow>, CancellationToken, Task<IReadOnlyList<T>>> complete,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRow : class, IMerchantRecord
    {
        var pages = PagesAsync<TRow>(async (last, limit, ending) => await records.PageAsync(where, order, last?.Id, limit, ending), cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            yield return await complete(page, cancellationToken);
        }
    }
}
