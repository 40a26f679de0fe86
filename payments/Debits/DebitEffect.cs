using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>
/// Hands a direct debit to the gateway, withdraws or reads it. That one is on its way there is kept before it leaves; whoever
/// finds it so asks for it before anything is sent again, and sends it again only under its own key and after the gateway said
/// that it does not have it.
/// </summary>
/// <param name="kind">One of the three kinds about direct debits (<see cref="EffectKinds"/>).</param>
/// <param name="gateway">The gateway.</param>
/// <param name="time">Business time.</param>
/// <param name="syncOver">What its answers mean, over the records of a unit of work.</param>
public sealed class DebitEffect(string kind, IDebitGateway gateway, TimeProvider time, Func<IMerchantRecords, DebitSync> syncOver) : IEffectHandler
{
    private const int MaxDescription = 140;
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int TooManyRequests = 429;
    private const string Withdrawn = "cancelled";
    private const string NotThere = "The gateway does not have this direct debit.";
    private static readonly TimeSpan AnnouncingTakes = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan CreationTakes = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public string Kind => kind;

    /// <inheritdoc />
    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var debit = await DebitAsync(effect, records, cancellationToken);
        return kind switch
        {
            EffectKinds.ReadGatewayDebit => debit is { Status: DebitStatus.Failed or DebitStatus.Cancelled or DebitStatus.Returned } ? GuardVerdict.Drop("ended") : GuardVerdict.Go,
            _ when debit is null => GuardVerdict.Drop("debit-unknown"),

            // Its day was moved on, because more is to be taken than was told.
            EffectKinds.CreateGatewayDebit when debit.Status == DebitStatus.Scheduled && await LeavesAtAsync(debit, records, cancellationToken) is { } leavesAt && leavesAt > time.GetUtcNow() =>
                GuardVerdict.Later(leavesAt, "not-yet"),

            // No money is asked for that the debtor should have been told of by now.
            EffectKinds.CreateGatewayDebit when await MustBeAnnouncedAsync(debit, records, cancellationToken) && await AgainstAsync(debit, records, cancellationToken) is null =>
                GuardVerdict.Later(time.GetUtcNow() + AnnouncingTakes, "not-announced"),
            EffectKinds.CreateGatewayDebit => debit.Status == DebitStatus.Unknown || await AgainstAsync(debit, records, cancellationToken) is not { } against ? GuardVerdict.Go : GuardVerdict.Drop(against),
            _ when debit.GatewayDebitId is not null => debit.Status is DebitStatus.Submitted or DebitStatus.Cancelled ? GuardVerdict.Go : GuardVerdict.Drop("ended"),
            _ when debit.Status != DebitStatus.Unknown => GuardVerdict.Drop("never-created"),

            // Its handing over looks for it as long as it is tried; after that the withdrawal does.
            _ => await HandingOverAsync(debit, records, cancellationToken) is { } dueAt ? GuardVerdict.Later(dueAt + CreationTakes, "being-created") : GuardVerdict.Go,
        };
    }

    /// <inheritdoc />
    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var debit = await DebitAsync(effect, records, cancellationToken);
        return kind switch
        {
            EffectKinds.ReadGatewayDebit => await ReadAsync(effect, debit, cancellationToken),
            _ when debit is null => throw new InvalidOperationException($"The direct debit of the effect {effect.Key} is gone."),
            EffectKinds.CancelGatewayDebit => await CancelAsync(debit, cancellationToken),
            _ => await CreateAsync(effect, debit, records, cancellationToken),
        };
    }

    /// <inheritdoc />
    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var sync = syncOver(records);
        if (GatewayOutcome.ValueOf<GatewayDebit>(outcome) is { } state)
        {
            await sync.ApplyAsync(state, cancellationToken);
            return;
        }

        if (await DebitAsync(effect, records, cancellationToken) is not { } debit)
        {
            return;
        }

        switch (kind, outcome.Kind)
        {
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.Failed) when outcome.LeftNothing && debit.Status == DebitStatus.Unknown && await DebitWithdrawal.IsWantedBackAsync(records, debit, cancellationToken):
                DebitWithdrawal.End(records, debit, Withdrawn, time.GetUtcNow());
                break;
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.Failed) when outcome.LeftNothing && debit.Status == DebitStatus.Unknown:
                records.Update(DebitLife.After(debit, DebitEvent.NotSent));
                break;
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.Refused):
                await sync.RefusedAsync(debit, DebitFailure.Declined, outcome.Error, cancellationToken);
                break;
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.GivenUp) when outcome.LeftNothing || debit.Status == DebitStatus.Scheduled:
                await sync.RefusedAsync(debit, DebitFailure.Technical, outcome.Error, cancellationToken);
                break;
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.Unknown or EffectOutcomeKind.GivenUp):
                await sync.AnswerLostAsync(debit, cancellationToken);
                break;
            case (EffectKinds.CreateGatewayDebit, EffectOutcomeKind.Dropped) when debit.Status is DebitStatus.Scheduled or DebitStatus.Unknown:
                DebitWithdrawal.End(records, debit, outcome.Error ?? "dropped", time.GetUtcNow());
                break;
            case (EffectKinds.CancelGatewayDebit, EffectOutcomeKind.Delivered) when debit.Status == DebitStatus.Unknown:
                DebitWithdrawal.End(records, debit, Withdrawn, time.GetUtcNow());
                break;
            case (EffectKinds.ReadGatewayDebit, EffectOutcomeKind.Delivered) when debit.Status == DebitStatus.Unknown && await DebitWithdrawal.IsWantedBackAsync(records, debit, cancellationToken):
                DebitWithdrawal.End(records, debit, Withdrawn, time.GetUtcNow());
                break;
            case (EffectKinds.ReadGatewayDebit, EffectOutcomeKind.Delivered) when debit.Status == DebitStatus.Unknown:
                // The day has passed, and the gateway says that it never had it.
                await sync.RefusedAsync(debit, DebitFailure.Technical, NotThere, cancellationToken);
                break;
        }
    }

    private async ValueTask<bool> MustBeAnnouncedAsync(DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken) =>
        debit is { AnnouncedAt: null, Status: DebitStatus.Scheduled } && debit.AnnounceOn < debit.CollectOn && debit.AnnounceOn <= DebitCalendar.Of(await records.MerchantAsync(cancellationToken)).DayOf(time.GetUtcNow());

    private async ValueTask<DateTimeOffset> LeavesAtAsync(DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken) =>
        DebitCalendar.Of(await records.MerchantAsync(cancellationToken)).SubmitAt(time.GetUtcNow(), debit.CollectOn);

    /// <summary>Why the debit is not wanted any more; null when it is.</summary>
    private static async ValueTask<string?> AgainstAsync(DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken);
        var mandate = await records.FindAsync<Mandate>(debit.MandateId, cancellationToken);
        return (debit, invoice, mandate) switch
        {
            ({ Status: not (DebitStatus.Scheduled or DebitStatus.Unknown) }, _, _) => "ended",
            (_, null or { Open.AmountMinor: <= 0 } or { Status: InvoiceStatus.Cancelled }, _) => "invoice-paid",
            (_, { Disputed: true }, _) => "invoice-disputed",
            (_, _, not { Status: MandateStatus.Valid, GatewayMandateId: not null }) => "mandate-ended",
            _ => await DebitWithdrawal.IsWantedBackAsync(records, debit, cancellationToken) ? Withdrawn : null,
        };
    }

    private async Task<EffectOutcome> CreateAsync(Effect effect, DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken)
    {
        // Scheduled, nothing of it ever left; it is asked for all the same after an earlier try.
        var mayBeThere = debit.Status != DebitStatus.Scheduled;
        if (mayBeThere || effect.MayHaveBegun)
        {
            var found = await gateway.FindDebitAsync(debit.Id.ToString(), cancellationToken);
            if (!GatewayOutcome.IsNone(found))
            {
                return GatewayOutcome.OfQuestion(found);
            }

            if (await AgainstAsync(debit, records, cancellationToken) is { } against)
            {
                return new EffectOutcome { Kind = EffectOutcomeKind.Dropped, Error = against };
            }
        }

        if (!mayBeThere)
        {
            // Kept before it leaves: whatever becomes of this process, from here on it is asked for.
            records.Update(DebitLife.After(debit, DebitEvent.AnswerLost));
            await records.CommitAsync(cancellationToken);
        }

        var sent = await gateway.CreateDebitAsync(await OrderAsync(debit, records, cancellationToken), effect.Key, cancellationToken);
        var turnedAway = sent is { Outcome: EffectOutcomeKind.Failed, StatusCode: null or Unauthorized or Forbidden or TooManyRequests };
        return GatewayOutcome.OfOrder(sent, mayBeThere) with { LeftNothing = turnedAway && !mayBeThere };
    }

    // A part paid meanwhile makes it less; a bank's day missed makes it later, never earlier.
    private async Task<NewGatewayDebit> OrderAsync(DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken) ?? throw new InvalidOperationException($"The invoice of the direct debit {debit.Id} is gone.");
        var mandate = await records.FindAsync<Mandate>(debit.MandateId, cancellationToken);
        var merchant = await records.MerchantAsync(cancellationToken);
        var description = invoice.Description is { Length: > 0 } what ? $"{invoice.Number} {what}" : invoice.Number;
        return new NewGatewayDebit
        {
            MerchantDebitId = debit.Id.ToString(),
            GatewayMandateId = mandate?.GatewayMandateId ?? "",
            Amount = invoice.Open.IsPositive ? Money.Min(debit.Amount, invoice.Open) : debit.Amount,
            CollectOn = DebitCalendar.Of(merchant).CollectionDay(time.GetUtcNow(), debit.CollectOn),
            Description = description.Length > MaxDescription ? description[..MaxDescription] : description,
        };
    }

    private async Task<EffectOutcome> ReadAsync(Effect effect, DirectDebit? debit, CancellationToken cancellationToken)
    {
        var gatewayId = DomainJson.Read<DebitPayload>(effect.PayloadJson).GatewayDebitId ?? debit?.GatewayDebitId;
        return gatewayId is not null && debit is null ? GatewayOutcome.Of(await gateway.ReadDebitAsync(gatewayId, cancellationToken))
            : gatewayId is not null ? GatewayOutcome.OfQuestion(await gateway.ReadDebitAsync(gatewayId, cancellationToken))
            : debit is not null ? GatewayOutcome.OfQuestion(await gateway.FindDebitAsync(debit.Id.ToString(), cancellationToken))
            : new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = NotThere };
    }

    private async Task<EffectOutcome> CancelAsync(DirectDebit debit, CancellationToken cancellationToken)
    {
        if (debit.GatewayDebitId is { } known)
        {
            return await CancelAsync(known, cancellationToken);
        }

        var found = await gateway.FindDebitAsync(debit.Id.ToString(), cancellationToken);
        return found.Value is { } there ? await CancelAsync(there.Id, cancellationToken) : GatewayOutcome.OfQuestion(found);
    }

    private async Task<EffectOutcome> CancelAsync(string gatewayDebitId, CancellationToken cancellationToken)
    {
        var cancelled = await gateway.CancelDebitAsync(gatewayDebitId, cancellationToken);
        if (cancelled.Outcome != EffectOutcomeKind.Refused)
        {
            return GatewayOutcome.Of(cancelled);
        }

        // Too late: what became of it counts.
        var state = await gateway.ReadDebitAsync(gatewayDebitId, cancellationToken);
        return GatewayOutcome.Of(state.Value is { Status: not GatewayDebitStatus.Pending } ? state : cancelled);
    }

    /// <summary>When a debit is, or was to be, handed over next; null when that is tried no more.</summary>
    private async ValueTask<DateTimeOffset?> HandingOverAsync(DirectDebit debit, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var (key, now) = (debit.Key, time.GetUtcNow());
        return await records.ListAsync<Effect>(effect => effect.Key == key, 1, cancellationToken) is not [{ State: EffectState.Pending, DueAt: var dueAt }] ? null : dueAt > now ? dueAt : now;
    }

    private static async ValueTask<DirectDebit?> DebitAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        DomainJson.Read<DebitPayload>(effect.PayloadJson).DebitId is { } id ? await records.FindAsync<DirectDebit>(id, cancellationToken) : null;
}
