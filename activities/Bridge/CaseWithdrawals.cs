using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Debits;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>With a case that is cancelled, the debits that it scheduled are withdrawn; those on their way to the bank stay.</summary>
public sealed class CaseWithdrawals(DirectDebits debits) : ICaseEndings
{
    /// <inheritdoc />
    public async ValueTask CancelledAsync(CaseRecord @case, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(@case);
        await debits.WithdrawOfCaseAsync(@case.Id, cancellationToken);
    }
}
