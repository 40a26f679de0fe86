using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>The way out for a direct debit whose outcome the gateway does not tell: a person who looked there says what became of it.</summary>
public sealed class DebitConfirmation(IMerchantRecords records, ICurrentActor current, DebitSync sync, AuditLog audit)
{
    private const int MaxReason = 300;

    /// <summary>
    /// Notes what a person found at the gateway or bank of a debit whose outcome is not known, and commits: it was paid, or surely
    /// was not, with the reason; then it may be tried again. Needs <see cref="Permissions.WorkTasks"/>. Throws
    /// <see cref="RuleViolationException"/> when there is no such debit, its outcome is known, or it is still being handed over.
    /// </summary>
    public async Task<DirectDebit> ConfirmAsync(Guid debitId, bool paid, string? reason, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        var debit = await records.FindAsync<DirectDebit>(debitId, cancellationToken) ?? throw RuleViolationException.Of("debitId", RuleCodes.DebitUnknown);
        if (debit.Status != DebitStatus.Unknown)
        {
            throw RuleViolationException.Of("state", RuleCodes.StateRefuses, ("state", debit.Status.ToString()), ("event", paid ? nameof(DebitEvent.Settled) : nameof(DebitEvent.Refused)));
        }

        var key = debit.Key;
        if ((await records.ListAsync<Effect>(effect => effect.Key == key && effect.State == EffectState.Pending, 1, cancellationToken)).Count > 0)
        {
            throw RuleViolationException.Of("state", RuleCodes.DebitUncertain);
        }

        if (!paid)
        {
            TextRules.Check("reason", reason, MaxReason);
        }

        audit.Write("debit.confirmed", $"debit:{debit.Id}", new { paid });
        await sync.ConfirmedAsync(debit, paid, reason?.Trim(), cancellationToken);
        await records.CommitAsync(cancellationToken);
        return (await records.FindAsync<DirectDebit>(debitId, cancellationToken))!;
    }
}
