using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>
/// What follows when something is owed again on an invoice: it is told, its scenario begins anew where the invoice had been paid
/// and its case therefore ended, what that case had planned does not go out beside it, and the ERP that was told of the payment is
/// told of this too.
/// </summary>
public sealed class InvoiceReopening(IMerchantRecords records, TimeProvider time, ContactWithdrawal contacts, ErpCallbacks callbacks)
{
    /// <summary>Appends what follows.</summary>
    /// <param name="reopened">The invoice as it stands now, something owed on it.</param>
    /// <param name="wasPaid">Whether nothing was owed before.</param>
    /// <param name="reason">Why, as a code (<c>unmatched</c>, <c>corrected</c>).</param>
    /// <param name="key">The same for the same happening; the callback's key.</param>
    /// <param name="transferId">The transfer whose match was undone; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task AppendAsync(Invoice reopened, bool wasPaid, string reason, string key, Guid? transferId, CancellationToken cancellationToken)
    {
        var scenarioId = reopened.ScenarioId
            ?? (await records.FindAsync<Customer>(reopened.CustomerId, cancellationToken))?.ScenarioId
            ?? (await records.FindAsync<Merchant>(records.MerchantId, cancellationToken))?.DefaultScenarioId;
        records.Raise(Happened.To(reopened, EventNames.InvoiceReopened, time.GetUtcNow(), reopened.Open, new { reopened.Number, reason, scenarioId, wasPaid, transferId }));
        if (wasPaid)
        {
            await contacts.WithdrawOfPaidAsync(reopened.Id, cancellationToken);
        }

        await callbacks.AskAsync(EventNames.InvoiceReopened, reopened.Id, key, null, cancellationToken);
    }
}
