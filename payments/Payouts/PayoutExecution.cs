using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Carries signed payouts out and books what came of it. What is told twice, or late, changes nothing.</summary>
public sealed class PayoutExecution(IMerchantRecords records, TimeProvider time, AuditLog audit, ILedger ledger, PayoutRules rules)
{
    /// <summary>Whether an order is still wanted: its approval holds, and the cooling-off of the account is over.</summary>
    public async Task<GuardVerdict> CheckAsync(Guid payoutId, int approvalNumber, CancellationToken cancellationToken = default)
    {
        var payout = await records.FindAsync<Payout>(payoutId, cancellationToken);
        if (payout is null || payout.ApprovalNumber != approvalNumber || payout.State is not (PayoutState.AwaitingPayment or PayoutState.InProgress))
        {
            return GuardVerdict.Drop("payout-changed");
        }

        if (payout.State == PayoutState.InProgress)
        {
            return GuardVerdict.Go;
        }

        var beneficiary = await BeneficiaryOfAsync(payout, cancellationToken);
        var until = rules.CoolingOffUntil(beneficiary);
        return time.GetUtcNow() < until ? GuardVerdict.Later(until, "cooling-off") : GuardVerdict.Go;
    }

    /// <summary>
    /// Appends that the order of a signed payout leaves now, to the account the beneficiary has now: to be committed before
    /// anything leaves, so that no edit can come in between. One that left before is answered as it is.
    /// </summary>
    public async Task<Payout> StartAsync(Guid payoutId, CancellationToken cancellationToken = default)
    {
        var payout = await FindAsync(payoutId, cancellationToken);
        if (payout.State == PayoutState.InProgress)
        {
            return payout;
        }

        var beneficiary = await BeneficiaryOfAsync(payout, cancellationToken);
        var sent = records.Update(PayoutLife.After(payout, PayoutEvent.Sent) with
        {
            SentAt = time.GetUtcNow(),
            PaidToName = beneficiary.Name,
            PaidToIban = beneficiary.Kind == BeneficiaryKind.ThirdParty && payout.Way == PayoutWay.Gateway ? null : beneficiary.Iban,
            PaidToWallet = beneficiary.Kind == BeneficiaryKind.ThirdParty && payout.Way == PayoutWay.Gateway ? beneficiary.WalletReference : null,
        });
        audit.Write("payout.sent", Subject(sent), new { sent.Reference, sent.Way });
        return sent;
    }

    /// <summary>
    /// Appends what the gateway tells about a payout. Throws <see cref="RuleViolationException"/> when it is none of ours, or was
    /// paid although it ended here as not paid: then its operations may be paid again, and a person must look.
    /// </summary>
    public async Task ApplyAsync(GatewayPayout told, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(told);
        var id = Guid.TryParse(told.MerchantPayoutId, out var known) ? known : Guid.Empty;
        var payout = await records.FindAsync<Payout>(id, cancellationToken) ?? throw RuleViolationException.Of("merchantPayoutId", RuleCodes.PayoutUnknown);
        if (payout.State == PayoutState.Cancelled && told.Status == GatewayPayoutStatus.Executed)
        {
            throw RuleViolationException.Of(payout.Reference, RuleCodes.PayoutPaidAnyway);
        }

        if (payout.State != PayoutState.InProgress)
        {
            return;
        }

        if (payout.GatewayPayoutId != told.Id || payout.Problem is not null)
        {
            payout = records.Update(payout with { GatewayPayoutId = told.Id, Problem = null });
        }

        switch (told.Status)
        {
            case GatewayPayoutStatus.Executed:
                await CompleteAsync(payout, cancellationToken);
                break;
            case GatewayPayoutStatus.Refused:
                await RefuseAsync(payout, told.Reason ?? "refused", cancellationToken);
                break;
        }
    }

    /// <summary>Appends that an order was refused, or that nobody knows what became of it: then its funds stay held, and a person looks.</summary>
    public async Task FailAsync(Guid payoutId, bool isSurelyUnpaid, string reason, CancellationToken cancellationToken = default)
    {
        if (await records.FindAsync<Payout>(payoutId, cancellationToken) is not { State: PayoutState.InProgress } payout)
        {
            return;
        }

        if (isSurelyUnpaid)
        {
            await RefuseAsync(payout, reason, cancellationToken);
        }
        else
        {
            records.Update(payout with { Problem = reason });
        }
    }

    /// <summary>Appends that the money of a payout in progress is there.</summary>
    internal async Task CompleteAsync(Payout payout, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var beneficiary = await BeneficiaryOfAsync(payout, cancellationToken);
        var done = records.Update(PayoutLife.After(payout, PayoutEvent.Executed) with { EndedAt = now });
        var onGateway = (await ledger.BalanceAsync(LedgerAccount.GatewayClearing, null, null, cancellationToken)).GetValueOrDefault(payout.Amount.Currency);
        records.Post(Postings.PaidOut(done, payout.Way == PayoutWay.File ? Money.Zero(payout.Amount.Currency) : Money.Min(payout.Amount, payout.Amount with { AmountMinor = Math.Max(0, onGateway) }), now));
        records.Raise(PayoutEvents.Of(done, beneficiary, EventNames.PayoutCompleted, now));
        audit.Write("payout.completed", Subject(done), new { done.Reference, done.Amount.AmountMinor, done.Amount.Currency });
    }

    /// <summary>Appends that a payout in progress was not paid: its operations are free again.</summary>
    internal async Task RefuseAsync(Payout payout, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var beneficiary = await BeneficiaryOfAsync(payout, cancellationToken);
        var refused = records.Update(PayoutLife.After(payout, PayoutEvent.Refused) with { EndedAt = now, Problem = reason });
        await PayoutDesk.FreeAsync(records, payout.Id, cancellationToken);
        records.Raise(PayoutEvents.Of(refused, beneficiary, EventNames.PayoutFailed, now, new { refused.Reference, beneficiary = beneficiary.Name, reason }));
        audit.Write("payout.failed", Subject(refused), new { refused.Reference });
    }

    private async Task<Payout> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await records.FindAsync<Payout>(id, cancellationToken) ?? throw new InvalidOperationException($"The payout {id} is not there.");

    private async Task<Beneficiary> BeneficiaryOfAsync(Payout payout, CancellationToken cancellationToken) =>
        await records.FindAsync<Beneficiary>(payout.BeneficiaryId, cancellationToken) ?? throw new InvalidOperationException($"The beneficiary of the payout {payout.Reference} is not there.");

    private static string Subject(Payout payout) => $"payout:{payout.Id}";
}
