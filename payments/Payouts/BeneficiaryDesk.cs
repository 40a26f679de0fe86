using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Keeps beneficiaries. Any edit voids the approvals of their payouts; another account starts the cooling-off.</summary>
public sealed class BeneficiaryDesk(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    /// <summary>
    /// Adds a beneficiary and commits. Needs <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/>
    /// naming each broken rule, among them a code that is taken.
    /// </summary>
    public async Task<Beneficiary> AddAsync(BeneficiaryDetails details, CancellationToken cancellationToken = default)
    {
        await CheckAsync(details, null, cancellationToken);
        var now = time.GetUtcNow();
        var added = Written(details, new Beneficiary
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Code = details.Code,
            Name = details.Name,
            Kind = details.Kind,
            Way = details.Way,
            EditedBy = "",
            EditedByName = "",
            EditedAt = now,
            AccountSetBy = FourEyes.IdentitiesOf(current.Actor),
            AccountSetAt = now,
            CreatedAt = now,
        });
        records.Add(added);
        audit.Write("beneficiary.added", Subject(added), new { added.Code, added.Kind, added.Way });
        await records.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>
    /// Changes a beneficiary, voids the approvals of its payouts whose order has not left, and commits. Needs
    /// <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> for broken rules and an unknown
    /// beneficiary, <see cref="RecordConflictException"/> when it is not at the revision that was opened any more.
    /// </summary>
    public async Task<Beneficiary> ChangeAsync(Guid id, long seenRevision, BeneficiaryDetails details, CancellationToken cancellationToken = default)
    {
        await CheckAsync(details, id, cancellationToken);
        var before = await AsSeenAsync(id, seenRevision, cancellationToken);
        if (details.Kind != before.Kind)
        {
            throw RuleViolationException.Of("kind", RuleCodes.KindFixed);
        }

        var changed = Written(details, before);
        if (changed.Iban != before.Iban || changed.WalletReference != before.WalletReference)
        {
            changed = changed with { AccountSetBy = FourEyes.IdentitiesOf(current.Actor), AccountSetAt = time.GetUtcNow() };
        }

        return await KeepAsync(before, changed, "beneficiary.changed", cancellationToken);
    }

    /// <summary>Lets nothing be proposed for a beneficiary any more, or again, and commits. Needs <see cref="Permissions.ProposePayouts"/>.</summary>
    public async Task<Beneficiary> ArchiveAsync(Guid id, bool archived, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var before = await FindAsync(id, cancellationToken);
        return before.Archived == archived
            ? before
            : await KeepAsync(before, Edited(before with { Archived = archived }), archived ? "beneficiary.archived" : "beneficiary.restored", cancellationToken);
    }

    private async Task<Beneficiary> KeepAsync(Beneficiary before, Beneficiary changed, string action, CancellationToken cancellationToken)
    {
        var kept = records.Update(changed);
        var open = await records.ListAsync<Payout>(
            payout => payout.BeneficiaryId == before.Id && (payout.State == PayoutState.AwaitingApproval || payout.State == PayoutState.AwaitingPayment), Wallets.MaxOpenPayouts, cancellationToken);
        foreach (var payout in open)
        {
            records.Update(PayoutLife.After(payout, PayoutEvent.Edited) with { Way = kept.Way });
            if (payout.ApprovedBy is not null)
            {
                audit.Write("payout.approval_voided", $"payout:{payout.Id}", new { payout.Reference, because = action });
            }
        }

        audit.Write(action, Subject(kept), new { kept.Code, kept.Way, accountChanged = kept.AccountSetAt != before.AccountSetAt, voided = open.Count(payout => payout.ApprovedBy is not null) });
        await records.CommitAsync(cancellationToken);
        return kept;
    }

    private async Task CheckAsync(BeneficiaryDetails details, Guid? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(details);
        current.Actor.Require(Permissions.ProposePayouts);
        var broken = details.Broken().ToList();
        if (AmountLimit.Broken("reserveMinor", new Money(details.ReserveMinor, (await records.MerchantAsync(cancellationToken)).Currency)) is { } tooLarge)
        {
            broken.Add(tooLarge);
        }

        var code = details.Code;
        if (await records.ListAsync<Beneficiary>(known => known.Code == code, 1, cancellationToken) is [var other] && other.Id != id)
        {
            broken.Add(RuleViolation.Of("code", RuleCodes.CodeTaken, ("name", other.Name)));
        }

        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }
    }

    private async Task<Beneficiary> AsSeenAsync(Guid id, long seenRevision, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken);
        return found.Revision == seenRevision ? found : throw new RecordConflictException($"The beneficiary {found.Code} was changed by {found.EditedByName} meanwhile.");
    }

    private async Task<Beneficiary> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await records.FindAsync<Beneficiary>(id, cancellationToken) ?? throw RuleViolationException.Of("beneficiaryId", RuleCodes.BeneficiaryUnknown);

    private Beneficiary Written(BeneficiaryDetails details, Beneficiary onto) => Edited(onto with
    {
        Code = details.Code,
        Name = details.Name.Trim(),
        Way = details.Way,
        Iban = details.PlainIban,
        WalletReference = details.PlainWallet,
        Schedule = details.Schedule,
        ReserveMinor = details.Kind == BeneficiaryKind.OwnAccount ? details.ReserveMinor : 0,
    });

    private Beneficiary Edited(Beneficiary beneficiary) =>
        beneficiary with { EditedBy = FourEyes.IdentitiesOf(current.Actor), EditedByName = current.Actor.Name, EditedAt = time.GetUtcNow() };

    private static string Subject(Beneficiary beneficiary) => $"beneficiary:{beneficiary.Id}";
}
