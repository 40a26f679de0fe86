using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>Takes back what a case was about to tell a customer, when it is ended before its own end.</summary>
public sealed class ContactWithdrawal(IMerchantRecords records, ContactBundles bundles, MessageLog messages)
{
    /// <summary>
    /// Appends that reminders which a case planned about an invoice (their keys begin with its identity) are cancelled, where they
    /// surely have not left. Receipts and notices go: what they tell has happened.
    /// </summary>
    public async Task WithdrawOfCaseAsync(Guid caseId, Guid invoiceId, CancellationToken cancellationToken = default)
    {
        var prefix = $"{caseId:D}/";
        foreach (var message in await records.ListAsync<Message>(message => message.InvoiceId == invoiceId && message.Status == MessageStatus.Planned, cancellationToken: cancellationToken))
        {
            if (message.ProviderId is null && message.Key.StartsWith(prefix, StringComparison.Ordinal) && ContactHistory.IsReminder(message))
            {
                await bundles.ReleaseAsync(message.Id, cancellationToken);
                await messages.MarkCancelledAsync(message.Id, ContactReasons.CaseEnded, cancellationToken);
            }
        }
    }
}
