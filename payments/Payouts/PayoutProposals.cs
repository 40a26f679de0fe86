using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Proposes payouts from what is owed and available. What is proposed holds its funds; it is paid only when another person signs.</summary>
public sealed class PayoutProposals(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit, SplitBook splits, Wallets wallets)
{
    private const string ReferenceAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int ReferenceCharacters = 10;

    /// <summary>
    /// Appends a payout of everything that is owed to a beneficiary and available, or adds it to the one that still awaits its
    /// approval. Needs <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> for an unknown or
    /// archived beneficiary.
    /// </summary>
    /// <param name="beneficiaryId">Whom to pay.</param>
    /// <param name="reason">Why (<see cref="ProposalReasons"/>).</param>
    /// <param name="currency">ISO 4217 code; null for the merchant's.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Proposal> ProposeAsync(Guid beneficiaryId, string reason, string? currency = null, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var beneficiary = await records.FindAsync<Beneficiary>(beneficiaryId, cancellationToken);
        if (beneficiary is not { Archived: false })
        {
            throw RuleViolationException.Of("beneficiaryId", RuleCodes.BeneficiaryUnknown);
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        currency ??= merchant.Currency;
        var open = await records.ListAsync<Payout>(
            payout => payout.BeneficiaryId == beneficiaryId && payout.State == PayoutState.AwaitingApproval && payout.Amount.Currency == currency, 1, cancellationToken);
        return beneficiary.Kind == BeneficiaryKind.OwnAccount
            ? await OwnAsync(beneficiary, merchant, currency, reason, open is [var mine] ? mine : null, cancellationToken)
            : await ThirdPartyAsync(beneficiary, currency, reason, open is [var theirs] ? theirs : null, cancellationToken);
    }

    /// <summary>
    /// Brings a payout whose order has not left up to what is owed and available now; its approval is void. Commits. Needs
    /// <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> when there is no such payout, or its
    /// order left.
    /// </summary>
    public async Task<Proposal> ReviseAsync(Guid payoutId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var payout = await records.FindAsync<Payout>(payoutId, cancellationToken) ?? throw RuleViolationException.Of("payoutId", RuleCodes.PayoutUnknown);
        if (payout.ApprovedBy is not null)
        {
            audit.Write("payout.approval_voided", $"payout:{payout.Id}", new { payout.Reference, because = "payout.revised" });
        }

        records.Update(PayoutLife.After(payout, PayoutEvent.Edited) with { Creators = With(payout.Creators) });
        var proposal = await ProposeAsync(payout.BeneficiaryId, payout.Reason, payout.Amount.Currency, cancellationToken);
        await records.CommitAsync(cancellationToken);
        return proposal.Outcome == ProposalOutcome.NotAvailableYet ? proposal with { Payout = await records.FindAsync<Payout>(payoutId, cancellationToken) } : proposal;
    }

    private async Task<Proposal> ThirdPartyAsync(Beneficiary beneficiary, string currency, string reason, Payout? open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var owed = await FreeAsync(beneficiary.Id, currency, cancellationToken);
        await splits.ReviewAsync([.. owed.Select(split => split.InvoiceId)], cancellationToken);
        var free = await FreeAsync(beneficiary.Id, currency, cancellationToken);
        var funds = await wallets.FundsAsync(currency, cancellationToken: cancellationToken);
        var operations = PayoutOperations.Choose([.. free.Where(split => split.AvailableAt <= now)], currency, funds.ForThirdParty(beneficiary.Way));
        var amount = (open?.Amount ?? Money.Zero(currency)) + operations.Sum;
        if (open is not null && amount.AmountMinor <= 0)
        {
            await NettedAwayAsync(open, cancellationToken);
            return new Proposal(ProposalOutcome.NothingToPay, null, Money.Zero(currency), null);
        }

        if (operations.Chosen.Count == 0 || !amount.IsPositive)
        {
            var later = free.Where(split => split.AvailableAt > now).ToList();
            var waiting = later.Aggregate(operations.Left, (sum, split) => sum + split.Amount);
            return waiting.IsPositive
                ? new Proposal(ProposalOutcome.NotAvailableYet, null, waiting, later.Count == 0 ? null : later.Min(split => split.AvailableAt))
                : new Proposal(ProposalOutcome.NothingToPay, open, Money.Zero(currency), null);
        }

        await PayoutTurn.TakeAsync(records, now, cancellationToken);
        var payout = open is null
            ? New(beneficiary, amount, operations.Chosen.Count, reason, now)
            : Grown(open, amount, open.Operations + operations.Chosen.Count);
        foreach (var split in operations.Chosen)
        {
            records.Update(split with { PayoutId = payout.Id });
        }

        return Told(payout, beneficiary, operations.Left, now);
    }

    private async Task<Proposal> OwnAsync(Beneficiary beneficiary, Merchant merchant, string currency, string reason, Payout? open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var funds = await wallets.FundsAsync(currency, open?.Id, cancellationToken);
        var amount = new Money(funds.ForOwnAccount(beneficiary.ReserveMinor), currency);
        if (!amount.IsPositive)
        {
            if (open is not null)
            {
                await NettedAwayAsync(open, cancellationToken);
            }

            return new Proposal(funds.OnTheWayMinor > 0 ? ProposalOutcome.NotAvailableYet : ProposalOutcome.NothingToPay, null, new Money(funds.OnTheWayMinor, currency), null);
        }

        await PayoutTurn.TakeAsync(records, now, cancellationToken);
        var earlier = await records.PageAsync<Payout>(
            payout => payout.Kind == BeneficiaryKind.OwnAccount && payout.State != PayoutState.Cancelled && payout.Amount.Currency == currency && payout.CoversUntil != null, null, 2, cancellationToken);
        var from = earlier.Where(payout => payout.Id != open?.Id).Select(payout => payout.CoversUntil).FirstOrDefault() ?? DateTimeOffset.UnixEpoch;
        var until = FundsCalendar.CardCutOff(now, merchant);
        var payments = await records.CountAsync<Payment>(payment => payment.Method != PaymentMethod.Transfer && payment.ReceivedAt >= from && payment.ReceivedAt < until, cancellationToken);
        var payout = open is null ? New(beneficiary, amount, payments, reason, now, from, until) : Grown(open with { CoversFrom = from, CoversUntil = until }, amount, payments);
        return Told(payout, beneficiary, new Money(funds.OnTheWayMinor, currency), now);
    }

    private async Task<IReadOnlyList<Split>> FreeAsync(Guid beneficiaryId, string currency, CancellationToken cancellationToken) =>
        await records.ListAsync<Split>(split => split.BeneficiaryId == beneficiaryId && split.PayoutId == null && split.Amount.Currency == currency, PayoutOperations.Most, cancellationToken);

    private async Task NettedAwayAsync(Payout open, CancellationToken cancellationToken)
    {
        records.Update(PayoutLife.After(open, PayoutEvent.Withdrawn) with { EndedAt = time.GetUtcNow(), Problem = "netted" });
        await PayoutDesk.FreeAsync(records, open.Id, cancellationToken);
        audit.Write("payout.cancelled", $"payout:{open.Id}", new { open.Reference, reason = "netted" });
    }

    private Payout New(Beneficiary beneficiary, Money amount, int operations, string reason, DateTimeOffset now, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var payout = new Payout
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Reference = "PO-" + RandomNumberGenerator.GetString(ReferenceAlphabet, ReferenceCharacters),
            BeneficiaryId = beneficiary.Id,
            Amount = amount,
            Kind = beneficiary.Kind,
            Operations = operations,
            CoversFrom = from,
            CoversUntil = until,
            Way = beneficiary.Way,
            Reason = reason,
            Creators = FourEyes.IdentitiesOf(current.Actor),
            ProposedByName = current.Actor.Name,
            ProposedAt = now,
        };
        records.Add(payout);
        return payout;
    }

    private Payout Grown(Payout open, Money amount, int operations) =>
        records.Update(PayoutLife.After(open, PayoutEvent.Edited) with { Amount = amount, Operations = operations, Creators = With(open.Creators) });

    private Proposal Told(Payout payout, Beneficiary beneficiary, Money left, DateTimeOffset now)
    {
        records.Raise(PayoutEvents.Of(payout, beneficiary, EventNames.PayoutProposed, now));
        audit.Write("payout.proposed", $"payout:{payout.Id}", new { payout.Reference, payout.Amount.AmountMinor, payout.Amount.Currency, payout.Operations, payout.Reason });
        return new Proposal(ProposalOutcome.Proposed, payout, left, null);
    }

    private string With(string creators) =>
        string.Join(' ', creators.Split(' ').Concat(FourEyes.IdentitiesOf(current.Actor).Split(' ')).Distinct(StringComparer.Ordinal));
}
