using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>What follows when nothing is owed on invoices any more: their requests and debits end, their tasks are obsolete, and it is told.</summary>
public sealed class InvoiceSettlement(IMerchantRecords records, TimeProvider time)
{
    private const int MaxRowsPerInvoice = 100;

    /// <summary>Appends what follows for invoices that were just paid. Planned messages need nothing: their guard drops them.</summary>
    /// <param name="paid">The invoices, as they stand now.</param>
    /// <param name="settledRequestId">The request that the money came on and that is settled already; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task SettleAsync(IReadOnlyList<Invoice> paid, Guid? settledRequestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paid);
        if (paid.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var ids = paid.Select(invoice => invoice.Id).ToList();
        var limit = ids.Count * MaxRowsPerInvoice;
        var requests = await records.ListAsync<PaymentRequest>(request => ids.Contains(request.InvoiceId) && request.RequestStatus == RequestStatus.Active, limit, cancellationToken);
        foreach (var request in requests.Where(request => request.Id != settledRequestId))
        {
            var ended = records.Update(RequestLife.After(request, RequestEvent.SettledElsewhere));
            records.Ask(PaymentRequests.CancelAtGateway(ended, now));
            records.Raise(Happened.To(ended, EventNames.RequestClosed, now, ended.Amount, new { reason = "invoice-paid" }));
        }

        await DebitWithdrawal.AppendAsync(records, ids, now, cancellationToken);

        // A transfer that waits for a decision still waits: its money is not booked.
        var tasks = await records.ListAsync<WorkTask>(task => task.Status == WorkTaskStatus.Open && task.TransferId == null && task.InvoiceId != null && ids.Contains(task.InvoiceId.Value), limit, cancellationToken);
        foreach (var task in tasks)
        {
            records.Update(task with { Status = WorkTaskStatus.Obsolete, Outcome = "obsolete", CompletedAt = now });
            records.Raise(TaskEvents.Completed(task, "obsolete", "system", now));
        }

        foreach (var invoice in paid)
        {
            records.Raise(Happened.To(invoice, EventNames.InvoicePaid, now, invoice.Amount, new { invoice.Number }));
        }
    }
}
