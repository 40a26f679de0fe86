using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Designer.Debits;

/// <summary>
/// What a person or a program may do about mandates and direct debits, each committed at once. Pages and the API use it alike; the
/// rules stand in the domain's services. Scoped to a merchant.
/// </summary>
public sealed class DebitDesk(Mandates mandates, DirectDebits debits, DebitConfirmation confirmation, IMerchantRecords records, IWorkSignal signal)
{
    /// <summary>Asks a customer for a mandate.</summary>
    public Task<Mandate> AskAsync(NewMandate ask, CancellationToken cancellationToken = default) => CommittedAsync(() => mandates.AskAsync(ask, cancellationToken), cancellationToken);

    /// <summary>Withdraws a mandate.</summary>
    public Task<Mandate> CancelMandateAsync(Guid mandateId, CancellationToken cancellationToken = default) =>
        CommittedAsync(() => mandates.CancelAsync(mandateId, cancellationToken), cancellationToken);

    /// <summary>Debits an invoice.</summary>
    public Task<DirectDebit> CreateAsync(NewDebit ask, CancellationToken cancellationToken = default) => CommittedAsync(() => debits.CreateAsync(ask, cancellationToken), cancellationToken);

    /// <summary>Tries a failed debit again.</summary>
    public Task<DirectDebit> RetryAsync(RetryOfDebit ask, CancellationToken cancellationToken = default) => CommittedAsync(() => debits.RetryAsync(ask, cancellationToken), cancellationToken);

    /// <summary>Withdraws a debit.</summary>
    public Task<DirectDebit> CancelAsync(Guid debitId, CancellationToken cancellationToken = default) =>
        CommittedAsync(() => debits.CancelAsync(debitId, cancellationToken), cancellationToken);

    /// <summary>Notes what a person found of a debit whose outcome is not known.</summary>
    public async Task<DirectDebit> ConfirmAsync(Guid debitId, bool paid, string? reason, CancellationToken cancellationToken = default)
    {
        var confirmed = await confirmation.ConfirmAsync(debitId, paid, reason, cancellationToken);
        signal.Set();
        return confirmed;
    }

    private async Task<T> CommittedAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        var done = await act();
        await records.CommitAsync(cancellationToken);
        signal.Set();
        return done;
    }
}
