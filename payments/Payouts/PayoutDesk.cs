using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Where payouts are signed, rejected and given up.</summary>
public sealed class PayoutDesk(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit, Wallets wallets, ICaseOrigins origins, PayoutRules rules)
{
    private const int MaxReason = 300;

    /// <summary>
    /// Signs a payout as it was seen and commits; one through the gateway is ordered when the cooling-off of its account is over.
    /// Needs <see cref="Permissions.Approve"/>. Throws <see cref="RuleViolationException"/> for one's own (<see cref="FourEyes"/>),
    /// for funds that are not there any more, and for one that money was taken back from since; <see cref="RecordConflictException"/>
    /// when it is not at the revision that was seen.
    /// </summary>
    public async Task<Payout> ApproveAsync(Guid id, long seenRevision, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Approve);
        var (payout, beneficiary) = await FindAsync(id, cancellationToken);
        if (payout.Revision != seenRevision)
        {
            throw new RecordConflictException($"The payout {payout.Reference} was changed since it was shown.");
        }

        var signed = PayoutLife.After(payout, PayoutEvent.Approved);
        if (await RefusalAsync(payout, beneficiary, cancellationToken) is { } refusal)
        {
            throw RuleViolationException.Of("approver", refusal);
        }

        await CheckFundsAsync(payout, beneficiary, cancellationToken);
        if (payout.Way == PayoutWay.Gateway && !rules.GatewayEnabled)
        {
            throw RuleViolationException.Of("way", RuleCodes.PayoutGatewayOff);
        }

        var now = time.GetUtcNow();
        signed = signed with { ApprovalNumber = payout.ApprovalNumber + 1, ApprovedBy = current.Actor.Id, ApprovedByName = current.Actor.Name, ApprovedAt = now };
        await PayoutTurn.TakeAsync(records, now, cancellationToken);
        var kept = records.Update(signed);
        if (kept.Way == PayoutWay.Gateway)
        {
            records.Ask(Order(kept, rules.CoolingOffUntil(beneficiary), now));
        }

        records.Raise(PayoutEvents.Of(kept, beneficiary, EventNames.PayoutApproved, now, new { kept.Reference, beneficiary = beneficiary.Name, by = current.Actor.Name }));
        audit.Write("payout.approved", Subject(kept), new { kept.Reference, kept.Amount.AmountMinor, kept.Amount.Currency, kept.ApprovalNumber });
        await records.CommitAsync(cancellationToken);
        return kept;
    }

    /// <summary>The rule that keeps the current actor from signing a payout; null when they may. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<string?> RefusalAsync(Guid id, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var (payout, beneficiary) = await FindAsync(id, cancellationToken);
        return await RefusalAsync(payout, beneficiary, cancellationToken);
    }

    /// <summary>Says no to a payout whose order has not left, frees its operations and commits. Needs <see cref="Permissions.Approve"/>. Throws <see cref="RuleViolationException"/> without a reason.</summary>
    public Task<Payout> RejectAsync(Guid id, string reason, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Approve);
        return EndAsync(id, PayoutEvent.Rejected, "payout.rejected", reason, cancellationToken);
    }

    /// <summary>Gives up a payout whose order has not left, frees its operations and commits. Needs <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> without a reason.</summary>
    public Task<Payout> CancelAsync(Guid id, string reason, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        return EndAsync(id, PayoutEvent.Withdrawn, "payout.cancelled", reason, cancellationToken);
    }

    /// <summary>The operations of a payout to a third party, oldest first. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<Split>> OperationsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await OperationsAsync(records, id, cancellationToken);
    }

    internal static async Task<IReadOnlyList<Split>> OperationsAsync(IMerchantRecords records, Guid payoutId, CancellationToken cancellationToken) =>
        await records.ListAsync<Split>(split => split.PayoutId == payoutId, PayoutOperations.Most * 2, cancellationToken);

    /// <summary>The key of the effect that orders a payout under its present approval.</summary>
    internal static string OrderKeyOf(Payout payout) => $"payout:{payout.Id:N}/{payout.ApprovalNumber}";

    /// <summary>Appends that a payout's operations are in none any more.</summary>
    internal static async Task FreeAsync(IMerchantRecords records, Guid payoutId, CancellationToken cancellationToken)
    {
        foreach (var split in await OperationsAsync(records, payoutId, cancellationToken))
        {
            records.Update(split with { PayoutId = null });
        }
    }

    private async Task<string?> RefusalAsync(Payout payout, Beneficiary beneficiary, CancellationToken cancellationToken)
    {
        var operations = await OperationsAsync(records, payout.Id, cancellationToken);
        var unknown = operations.Where(split => split is { CaseId: not null, PublishedBy: null }).Select(split => split.CaseId!.Value).Distinct().ToList();
        var found = unknown.Count == 0 ? [] : (await origins.PublishersAsync(unknown, cancellationToken)).Values;
        var publishers = operations.Select(split => split.PublishedBy).OfType<string>().Concat(found).Distinct(StringComparer.Ordinal).ToList();
        var isAutomatic = operations.Any(split => split.CaseId is not null) || payout.CreatorList().Contains(Actor.System.Id);
        return FourEyes.Refusal(current.Actor, payout, beneficiary, publishers, isAutomatic);
    }

    private async Task CheckFundsAsync(Payout payout, Beneficiary beneficiary, CancellationToken cancellationToken)
    {
        var funds = await wallets.FundsAsync(payout.Amount.Currency, payout.Id, cancellationToken);
        var available = payout.Kind == BeneficiaryKind.OwnAccount ? funds.ForOwnAccount(beneficiary.ReserveMinor) : funds.ForThirdParty(payout.Way);
        if (payout.Amount.AmountMinor > available)
        {
            throw RuleViolationException.Of("amount", RuleCodes.PayoutNoFunds);
        }

        var (beneficiaryId, currency) = (payout.BeneficiaryId, payout.Amount.Currency);
        var takenBack = await records.ListAsync<Split>(
            split => split.BeneficiaryId == beneficiaryId && split.PayoutId == null && split.Kind == SplitKind.TakenBack && split.Amount.Currency == currency, 1, cancellationToken);
        if (takenBack.Count > 0)
        {
            throw RuleViolationException.Of("amount", RuleCodes.PayoutOutdated);
        }
    }

    private async Task<Payout> EndAsync(Guid id, PayoutEvent happened, string action, string reason, CancellationToken cancellationToken)
    {
        TextRules.Check("reason", reason, MaxReason);
        var (payout, _) = await FindAsync(id, cancellationToken);
        var ended = records.Update(PayoutLife.After(payout, happened) with { EndedAt = time.GetUtcNow(), Problem = reason.Trim() });
        await FreeAsync(records, id, cancellationToken);
        audit.Write(action, Subject(ended), new { ended.Reference });
        await records.CommitAsync(cancellationToken);
        return ended;
    }

    private async Task<(Payout Payout, Beneficiary Beneficiary)> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var payout = await records.FindAsync<Payout>(id, cancellationToken) ?? throw RuleViolationException.Of("payoutId", RuleCodes.PayoutUnknown);
        var beneficiary = await records.FindAsync<Beneficiary>(payout.BeneficiaryId, cancellationToken) ?? throw new InvalidOperationException($"The beneficiary of the payout {payout.Reference} is not there.");
        return (payout, beneficiary);
    }

    private Effect Order(Payout payout, DateTimeOffset coolingOffUntil, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = records.MerchantId,
        Key = OrderKeyOf(payout),
        Kind = EffectKinds.CreateGatewayPayout,
        Lane = EffectLanes.Gateway(records.MerchantId),
        Repeat = EffectRepeat.Queryable,
        PayloadJson = DomainJson.Write(new PayoutOrderPayload(payout.Id, payout.ApprovalNumber)),
        DueAt = coolingOffUntil > now ? coolingOffUntil : now,
        AskedAt = now,
    };

    private static string Subject(Payout payout) => $"payout:{payout.Id}";
}
