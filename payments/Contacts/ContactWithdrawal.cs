using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>Takes back what a case was about to tell a customer.</summary>
public sealed class ContactWithdrawal(IMerchantRecords records, ContactBundles bundles, MessageLog messages)
{
    /// <summary>
    /// Appends that reminders which a case planned about an invoice (their keys begin with its identity) are cancelled, where they
    /// surely have not left. Receipts and notices go: what they tell has happened.
    /// </summary>
    public Task WithdrawOfCaseAsync(Guid caseId, Guid invoiceId, CancellationToken cancellationToken = default)
    {
        var prefix = $"{caseId:D}/";
        return WithdrawAsync(invoiceId, message => message.Key.StartsWith(prefix, StringComparison.Ordinal), ContactReasons.CaseEnded, cancellationToken);
    }

    /// <summary>
    /// Appends that the reminders planned about an invoice before it was paid are cancelled. The guard of their sending would have
    /// dropped them; once something is owed again it would let them go, beside those of the case that begins anew.
    /// </summary>
    public Task WithdrawOfPaidAsync(Guid invoiceId, CancellationToken cancellationToken = default) =>
        WithdrawAsync(invoiceId, static _ => true, ContactReasons.Paid, cancellationToken);

    private async Task WithdrawAsync(Guid invoiceId, Func<Message, bool> which, string reason, CancellationToken cancellationToken)
    {
        foreach (var message in await records.ListAsync<Message>(message => message.InvoiceId == invoiceId && message.Status == MessageStatus.Planned, cancellationToken: cancellationToken))
        {
            if (message.ProviderId is null && ContactHistory.IsReminder(message) && which(message))
            {
                await bundles.ReleaseAsync(message.Id, cancellationToken);
                await messages.MarkCancelledAsync(message.Id, reason, cancellationToken);
            }
        }
    }
}
