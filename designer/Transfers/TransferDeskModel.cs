using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Designer.Transfers;

/// <summary>What the desk shows of one transfer: what it may be for, or what it was booked to.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Proposals">What it may be for, the likeliest first.</param>
/// <param name="Parts">What it was booked to.</param>
/// <param name="Invoices">The invoices of both.</param>
/// <param name="Customers">Their customers.</param>
public sealed record TransferDeskModel(
    IncomingTransfer Transfer, IReadOnlyList<MatchProposal> Proposals, IReadOnlyList<Payment> Parts, IReadOnlyDictionary<Guid, Invoice> Invoices, IReadOnlyDictionary<Guid, Customer> Customers)
{
    /// <summary>Reads it; null when the transfer is not there.</summary>
    internal static async Task<TransferDeskModel?> ReadAsync(IServiceProvider services, Guid transferId, CancellationToken cancellationToken)
    {
        var records = services.Records();
        if (await records.FindAsync<IncomingTransfer>(transferId, cancellationToken) is not { } transfer)
        {
            return null;
        }

        var proposals = await services.GetRequiredService<TransferMatching>().ProposalsAsync(transferId, cancellationToken);
        var paymentId = transfer.PaymentId;
        var parts = paymentId is null ? [] : await records.ListAsync<Payment>(
            payment => (payment.TransferId == transferId || payment.Id == paymentId) && payment.State != PaymentState.Unmatched, TransferMatching.MaxParts, cancellationToken);
        var invoices = await records.NamesAsync(proposals.SelectMany(proposal => proposal.Parts).Select(part => (Guid?)part.InvoiceId).Concat(parts.Select(part => part.InvoiceId)), cancellationToken);
        var customers = await records.CustomersAsync(invoices.Values.Select(invoice => (Guid?)invoice.CustomerId), cancellationToken);
        return new TransferDeskModel(transfer, proposals, parts, invoices, customers);
    }

    /// <summary>The name of an invoice's customer.</summary>
    public string CustomerOf(Guid? invoiceId) => invoiceId is { } id && Invoices.TryGetValue(id, out var invoice) && Customers.TryGetValue(invoice.CustomerId, out var customer) ? customer.Name : "";

    /// <summary>The number of an invoice.</summary>
    public string NumberOf(Guid? invoiceId) => invoiceId is { } id && Invoices.TryGetValue(id, out var invoice) ? invoice.Number : "?";
}
