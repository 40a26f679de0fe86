using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Statements;

namespace CentralPay.Workflows.Payments.Exports;

public sealed partial class ListExports
{
    /// <summary>Payment requests.</summary>
    public ListExport Requests(Expression<Func<PaymentRequest, bool>> where) =>
        ListExport.Of("payment-requests", ExportColumns.Requests, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>Direct debits.</summary>
    public ListExport Debits(Expression<Func<DirectDebit, bool>> where) =>
        ListExport.Of("debits", ExportColumns.Debits, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>Mandates.</summary>
    public ListExport Mandates(Expression<Func<Mandate, bool>> where) =>
        ListExport.Of("mandates", ExportColumns.Mandates, records, where, null, async (page, cancellationToken) =>
            await NamedAsync(page, row => row.CustomerId, row => row.InvoiceId, cancellationToken));

    /// <summary>Payouts.</summary>
    public ListExport Payouts(Expression<Func<Payout, bool>> where) =>
        ListExport.Of("payouts", ExportColumns.Payouts, records, where, null, async (page, cancellationToken) =>
        {
            var payees = await PayeesAsync(page.Select(row => row.BeneficiaryId), cancellationToken);
            return (IReadOnlyList<PayeeLine<Payout>>)[.. page.Select(row => new PayeeLine<Payout>(row, payees.GetValueOrDefault(row.BeneficiaryId)))];
        });

    /// <summary>Third parties' shares.</summary>
    public ListExport Splits(Expression<Func<Split, bool>> where) =>
        ListExport.Of("splits", ExportColumns.Splits, records, where, null, async (page, cancellationToken) =>
        {
            var payees = await PayeesAsync(page.Select(row => row.BeneficiaryId), cancellationToken);
            var invoices = await records.NamesAsync(page.Select(row => (Guid?)row.InvoiceId), cancellationToken);
            return (IReadOnlyList<PayeeLine<Split>>)[.. page.Select(row => new PayeeLine<Split>(row, payees.GetValueOrDefault(row.BeneficiaryId), Of(invoices, row.InvoiceId)?.Number))];
        });

    /// <summary>Beneficiaries.</summary>
    public ListExport Beneficiaries(Expression<Func<Beneficiary, bool>> where) => Plain("beneficiaries", ExportColumns.Beneficiaries, where);

    /// <summary>Bank statements that were brought in.</summary>
    public ListExport Statements(Expression<Func<StatementImport, bool>> where) => Plain("statements", ExportColumns.Statements, where);

    /// <summary>Files of invoices that were brought in.</summary>
    public ListExport Imports(Expression<Func<InvoiceImport, bool>> where) => Plain("imports", ExportColumns.Imports, where);

    private ListExport Plain<T>(string name, IReadOnlyList<ExportColumn<T>> columns, Expression<Func<T, bool>> where)
        where T : class, IMerchantRecord =>
        ListExport.Of(name, columns, records, where, null, (page, _) => Task.FromResult(page));

    private async Task<IReadOnlyDictionary<Guid, Beneficiary>> PayeesAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        return (await records.ListAsync<Beneficiary>(row => wanted.Contains(row.Id), wanted.Count, cancellationToken)).ToDictionary(row => row.Id);
    }
}
