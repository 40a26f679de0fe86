using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>The lists of the domain as files: the rows that fit, streamed, with the names that a person knows them by. Scoped to a merchant.</summary>
public sealed partial class ListExports(IMerchantRecords records, ILedger ledger)
{
    /// <summary>Invoices.</summary>
    public ListExport Invoices(Expression<Func<Invoice, bool>> where, RowOrder<Invoice>? order = null) =>
        ListExport.Of("invoices", ExportColumns.Invoices, records, where, order, async (page, cancellationToken) =>
        {
            var customers = await records.CustomersAsync(page.Select(row => (Guid?)row.CustomerId), cancellationToken);
            return (IReadOnlyList<InvoiceLine>)[.. page.Select(row => new InvoiceLine(row, customers.GetValueOrDefault(row.CustomerId)))];
        });

    /// <summary>Customers, by name, with what they owe.</summary>
    /// <param name="where">Which.</param>
    /// <param name="owing">Which of them, by what they owe.</param>
    /// <param name="today">The day that tells what is overdue.</param>
    /// <param name="customerFigures">What they owe.</param>
    public ListExport Customers(Expression<Func<Customer, bool>> where, CustomersOwing owing, DateOnly today, ICustomerFigures customerFigures) =>
        ListExport.Of("customers", ExportColumns.Customers, records, where, RowOrder<Customer>.By(row => row.Name), async (page, cancellationToken) =>
        {
            var figures = await customerFigures.OfAsync([.. page.Select(row => row.Id)], today, cancellationToken);
            var currency = (await records.FindAsync<Merchants.Merchant>(records.MerchantId, cancellationToken))!.Currency;
            return (IReadOnlyList<CustomerLine>)
            [
                .. page.Select(row => new CustomerLine(row, figures.GetValueOrDefault(row.Id) ?? CustomerFigures.None, currency))
                    .Where(row => owing == CustomersOwing.All || (owing == CustomersOwing.Owing ? row.Figures.OpenMinor : row.Figures.OverdueMinor) > 0),
            ];
        });

    /// <summary>Payments.</summary>
    public ListExport Payments(Expression<Func<Payment, bool>> where) =>
        ListExport.Of("payments", ExportColumns.Payments, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>Incoming transfers.</summary>
    public ListExport Transfers(Expression<Func<IncomingTransfer, bool>> where) =>
        ListExport.Of("transfers", ExportColumns.Transfers, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, _ => null, row => row.InvoiceId, cancellationToken));

    /// <summary>Tasks.</summary>
    public ListExport Tasks(Expression<Func<WorkTask, bool>> where) =>
        ListExport.Of("tasks", ExportColumns.Tasks, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>Messages.</summary>
    public ListExport Messages(Expression<Func<Message, bool>> where) =>
        ListExport.Of("messages", ExportColumns.Messages, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>The books, a row for each line of each entry, newest entry first.</summary>
    public ListExport LedgerLines() => ListExport.Of("ledger", ExportColumns.Ledger, LinesAsync());

    private async IAsyncEnumerable<IReadOnlyList<LedgerExportLine>> LinesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pages = ListExport.PagesAsync<LedgerEntry>(async (last, limit, ending) => await ledger.PageAsync(last?.Id, limit, ending), cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            var lines = page.SelectMany(entry => entry.Lines.Select(line => (entry, line))).ToList();
            var customers = await records.CustomersAsync(lines.Select(one => one.line.CustomerId), cancellationToken);
            var invoices = await records.NamesAsync(lines.Select(one => one.line.InvoiceId), cancellationToken);
            yield return [.. lines.Select(one => new LedgerExportLine(one.entry, one.line, Of(customers, one.line.CustomerId), Of(invoices, one.line.InvoiceId)))];
        }
    }

    private async Task<IReadOnlyList<NamedLine<T>>> NamedAsync<T>(IReadOnlyList<T> page, Func<T, Guid?> customerOf, Func<T, Guid?> invoiceOf, CancellationToken cancellationToken)
    {
        var invoices = await records.NamesAsync(page.Select(invoiceOf), cancellationToken);
        Guid? Customer(T row) => customerOf(row) ?? Of(invoices, invoiceOf(row))?.CustomerId;
        var customers = await records.CustomersAsync(page.Select(Customer), cancellationToken);
        return [.. page.Select(row => new NamedLine<T>(row, Of(customers, Customer(row)), Of(invoices, invoiceOf(row))))];
    }

    private static T? Of<T>(IReadOnlyDictionary<Guid, T> known, Guid? id) where T : class => id is { } one ? known.GetValueOrDefault(one) : null;
}
