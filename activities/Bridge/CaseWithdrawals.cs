using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Debits;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>With a case that is cancelled, the debits that it scheduled and the reminders that it planned are withdrawn; what the gateway is known to have, or has left for the customer, stays.</summary>
public sealed class CaseWithdrawals(DirectDebits debits, ContactWithdrawal contacts) : ICaseEndings
{
    /// <inheritdoc />
    public async ValueTask CancelledAsync(CaseRecord @case, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(@case);
        await debits.WithdrawOfCaseAsync(@case.Id, cancellationToken);
        if (CaseSubjects.InvoiceIdOf(@case.CorrelationId) is { } invoiceId)
        {
            await contacts.WithdrawOfCaseAsync(@case.Id, invoiceId, cancellationToken);
        }
    }
}
