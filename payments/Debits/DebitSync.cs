using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Brings what the gateway tells of direct debits into the books. What it told before changes nothing, in whatever order it tells.</summary>
public sealed class DebitSync(IMerchantRecords records, TimeProvider time, ReceiptBook receipts, Mandates mandates, TaskDesk tasks, ICaseStanding cases, AuditLog audit)
{
    // By then a bank has told whether the day's debits settled.
    private const int AskAgainHour = 18;

    /// <summary>
    /// Appends what is new in the gateway's state of a debit: that it is there, its money, its failure, its return. Throws
    /// <see cref="RuleViolationException"/> when it is none of ours.
    /// </summary>
    public async Task ApplyAsync(GatewayDebit state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var id = Guid.TryParse(state.MerchantDebitId, out var known) ? known : Guid.Empty;
        var debit = await records.FindAsync<DirectDebit>(id, cancellationToken) ?? throw RuleViolationException.Of("merchantDebitId", RuleCodes.DebitUnknown);
        debit = await TakenAsync(debit, state, cancellationToken);
        if (state.Status is GatewayDebitStatus.Cleared or GatewayDebitStatus.Returned && DebitLife.Table.Allows(debit.Status, DebitEvent.Settled))
        {
            debit = await SettleAsync(debit, state, cancellationToken);
        }

        switch (state.Status)
        {
            case GatewayDebitStatus.Returned when DebitLife.Table.Allows(debit.Status, DebitEvent.Returned):
                await ReturnAsync(debit, state.ReasonCode, cancellationToken);
                break;
            case GatewayDebitStatus.Rejected when DebitLife.Table.Allows(debit.Status, DebitEvent.Rejected):
                await FailAsync(debit, DebitEvent.Rejected, DebitFailure.Declined, state.ReasonCode, null, cancellationToken);
                break;
            case GatewayDebitStatus.Canceled when DebitLife.Table.Allows(debit.Status, DebitEvent.Cancelled):
                DebitWithdrawal.End(records, debit, "cancelled", time.GetUtcNow());
                break;
        }
    }

    /// <summary>Appends that the gateway's answer to a debit was lost: whether it has it is asked, until the day has passed for certain.</summary>
    public async Task AnswerLostAsync(DirectDebit debit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(debit);
        if (DebitLife.Table.Allows(debit.Status, DebitEvent.AnswerLost))
        {
            await AskAgainAsync(debit.Status == DebitStatus.Unknown ? debit : records.Update(DebitLife.After(debit, DebitEvent.AnswerLost)), cancellationToken);
        }
    }

    /// <summary>Appends that the gateway surely does not have a debit. One whose answer was lost stays uncertain until the gateway says no.</summary>
    public async Task RefusedAsync(DirectDebit debit, DebitFailure failure, string? text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(debit);
        if (DebitLife.Table.Allows(debit.Status, DebitEvent.Refused))
        {
            await FailAsync(debit, DebitEvent.Refused, failure, null, text, cancellationToken);
        }
    }

    /// <summary>Appends what a person found of a debit whose outcome is not known. One that was wanted back ends as withdrawn where it was not paid.</summary>
    internal async Task ConfirmedAsync(DirectDebit debit, bool paid, string? reason, CancellationToken cancellationToken)
    {
        if (paid)
        {
            // The gateway names it when it tells of it at last; it is settled by then, and not booked again.
            var money = new GatewayDebit { Id = $"confirmed-{debit.Id:N}", MerchantDebitId = debit.Id.ToString(), Status = GatewayDebitStatus.Cleared, Amount = debit.Amount, CollectOn = debit.CollectOn };
            await SettleAsync(records.Update(DebitLife.After(debit, DebitEvent.Submitted)), money, cancellationToken);
        }
        else if (await DebitWithdrawal.IsWantedBackAsync(records, debit, cancellationToken))
        {
            DebitWithdrawal.End(records, debit, "cancelled", time.GetUtcNow());
        }
        else
        {
            await RefusedAsync(debit, DebitFailure.Technical, reason, cancellationToken);
        }
    }

    private async Task<DirectDebit> TakenAsync(DirectDebit debit, GatewayDebit state, CancellationToken cancellationToken)
    {
        if (debit.GatewayDebitId is not null)
        {
            return debit;
        }

        var identified = debit with { GatewayDebitId = state.Id, Amount = state.Amount, CollectOn = state.CollectOn };
        if (!DebitLife.Table.Allows(debit.Status, DebitEvent.Submitted))
        {
            // Withdrawn here while it was on its way there.
            identified = records.Update(identified);
            if (state.Status == GatewayDebitStatus.Pending)
            {
                await DebitWithdrawal.AskBackAsync(records, identified, time.GetUtcNow(), cancellationToken);
            }

            return identified;
        }

        var taken = records.Update(DebitLife.After(identified, DebitEvent.Submitted));
        if (await records.FindAsync<Mandate>(debit.MandateId, cancellationToken) is { } mandate && !(mandate.LastUsedOn >= state.CollectOn))
        {
            records.Update(mandate with { LastUsedOn = state.CollectOn });
        }

        await AskAgainAsync(taken, cancellationToken);
        return taken;
    }

    // The safety net under the webhooks. The gateway may take it for another day than the one it was asked for first.
    private async Task AskAgainAsync(DirectDebit debit, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var evening = DebitCalendar.Of(merchant).At(debit.CollectOn, AskAgainHour);
        records.Ask(DebitEvents.Effect(debit, EffectKinds.ReadGatewayDebit, $"debit-evening/{debit.Id:N}/{debit.CollectOn:yyyyMMdd}", EffectRepeat.Idempotent, time.GetUtcNow(), evening));
    }

    private async Task<DirectDebit> SettleAsync(DirectDebit debit, GatewayDebit state, CancellationToken cancellationToken)
    {
        var at = (state.ClearedAt ?? time.GetUtcNow()).ToUniversalTime();
        var settled = records.Update(DebitLife.After(debit, DebitEvent.Settled) with { SettledAt = at, EndedAt = null, Failure = null });
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken);
        var booking = await receipts.BookAsync(
            new ReceivedMoney
            {
                SourceKey = "gateway:" + state.Id,
                Method = PaymentMethod.DirectDebit,
                Amount = state.Amount,
                ReceivedAt = at,
                InvoiceId = debit.InvoiceId,
                CustomerId = debit.CustomerId,
                Reference = invoice?.Number,
            },
            cancellationToken);
        var booked = records.Update(settled with { PaymentId = booking.Payment.Id });
        records.Raise(DebitEvents.Of(booked, EventNames.DebitSettled, time.GetUtcNow(), new { invoice?.Number, booked.Attempt }));
        if (booking.Credited.IsPositive && !booking.BookedBefore)
        {
            await tasks.CreateAsync(Task("debit-surplus", booked, invoice) with { Amount = booking.Credited }, cancellationToken);
        }

        return booked;
    }

    private async Task FailAsync(DirectDebit debit, DebitEvent happened, DebitFailure failure, string? code, string? text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failed = records.Update(DebitLife.After(debit, happened) with
        {
            Failure = failure,
            Phase = happened == DebitEvent.Rejected ? DebitPhase.Reject : null,
            ReasonCode = code,
            FailureText = text,
            EndedAt = now,
        });
        var reason = DebitReasons.Of(code);
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken);
        records.Raise(DebitEvents.Of(failed, EventNames.DebitFailed, now, new { invoice?.Number, failed.Attempt, failure, code, cure = reason.Cure }));
        audit.Write("debit.failed", $"debit:{debit.Id}", new { failure, code });
        await FollowAsync(failed, reason, cancellationToken);
    }

    private async Task ReturnAsync(DirectDebit debit, string? code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var twice = debit.PaymentId is { } paymentId && await receipts.TakeBackAsync(paymentId, code ?? "", cancellationToken);
        var returned = records.Update(DebitLife.After(debit, DebitEvent.Returned) with
        {
            Failure = DebitFailure.Declined,
            Phase = DebitPhase.Return,
            ReasonCode = code,
            DoubleRefundRisk = twice,
            EndedAt = now,
        });
        var reason = DebitReasons.Of(code);
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken);
        records.Raise(DebitEvents.Of(returned, EventNames.DebitReturned, now, new { invoice?.Number, returned.Attempt, code, cure = reason.Cure, doubleRefundRisk = twice }));
        audit.Write("debit.returned", $"debit:{debit.Id}", new { code, doubleRefundRisk = twice });
        await FollowAsync(returned, reason, cancellationToken);
        if (!twice && !await cases.FollowsReturnedDebitsAsync(cancellationToken))
        {
            await tasks.CreateAsync(Task("returned-debit", returned, invoice), cancellationToken);
        }

        if (twice)
        {
            await tasks.CreateAsync(Task("double-refund", returned, invoice), cancellationToken);
        }
    }

    /// <summary>What a reason means whatever a scenario makes of it.</summary>
    private async Task FollowAsync(DirectDebit debit, DebitReason reason, CancellationToken cancellationToken)
    {
        if (reason.EndsMandate && await records.FindAsync<Mandate>(debit.MandateId, cancellationToken) is { Status: MandateStatus.Valid } mandate)
        {
            mandates.End(mandate, reason.Code);
        }

        if (reason.Cure == DebitCure.Dispute && await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken) is { Disputed: false } invoice && invoice.Open.IsPositive)
        {
            var contested = records.Update(invoice with { Disputed = true });
            records.Raise(Happened.To(contested, EventNames.InvoiceDisputed, time.GetUtcNow(), contested.Open, new { contested.Number, by = Actor.System.Name, reason = reason.Code }));
            audit.Write("invoice.disputed", $"invoice:{invoice.Id}", new { reason = reason.Code });
        }

        if (reason.Cure == DebitCure.StopAll && await records.FindAsync<Customer>(debit.CustomerId, cancellationToken) is { AutomationStopped: false } customer)
        {
            records.Update(customer with { AutomationStopped = true });
            audit.Write("customer.stopped", $"customer:{customer.Id}", new { reason = reason.Code });
        }
    }

    private static NewTask Task(string kind, DirectDebit debit, Invoice? invoice) => new()
    {
        Key = $"{kind}/{debit.Id:N}",
        Kind = kind,
        CustomerId = debit.CustomerId,
        InvoiceId = invoice?.Id,
        Amount = debit.Amount,
    };
}

/// <summary>The states the gateway knows a direct debit in. No public document confirms them.</summary>
public static class GatewayDebitStatus
{
    /// <summary>It has it.</summary>
    public const string Pending = "PENDING";

    /// <summary>The money came.</summary>
    public const string Cleared = "CLEARED";

    /// <summary>Refused before settlement.</summary>
    public const string Rejected = "REJECTED";

    /// <summary>Taken back after settlement.</summary>
    public const string Returned = "RETURNED";

    /// <summary>Withdrawn.</summary>
    public const string Canceled = "CANCELED";
}
