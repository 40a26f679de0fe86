using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Makes, announces, retries and withdraws direct debits. For one invoice at most one is under way.</summary>
public sealed class DirectDebits(IMerchantRecords records, TimeProvider time, ICurrentActor current, Mandates mandates, ContactPlanner contacts, AuditLog audit)
{
    private const string Euro = "EUR";

    /// <summary>
    /// Appends a debit of what is owed, on the customer's mandate, and the effect that hands it to the gateway when its day comes;
    /// announces it where the notice begins today. Needs <see cref="Permissions.WorkTasks"/>. Throws
    /// <see cref="RuleViolationException"/> when nothing is owed, there is no mandate, another debit is under way, the invoice is
    /// disputed or not in euro, or the notice is out of range.
    /// </summary>
    public async Task<DirectDebit> CreateAsync(NewDebit ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.WorkTasks);
        if (await AskedBeforeAsync(ask.Key, cancellationToken) is { } before)
        {
            return before;
        }

        CheckDays("noticeDays", ask.NoticeDays, 0, NewDebit.MostNoticeDays);
        var now = time.GetUtcNow();
        var merchant = await records.MerchantAsync(cancellationToken);
        var calendar = DebitCalendar.Of(merchant);
        var noticed = calendar.DayOf(now).AddDays(ask.NoticeDays);
        var collectOn = calendar.CollectionDay(now, ask.NotBefore > noticed ? ask.NotBefore.Value : noticed);
        return await AppendAsync(new Asked(ask.InvoiceId, ask.Key, collectOn, AnnounceOn(ask.NoticeDays, collectOn, calendar.DayOf(calendar.SubmitAt(now, collectOn))), null, ask.CaseId), merchant, calendar, now, cancellationToken);
    }

    /// <summary>
    /// Appends the next attempt of a debit that failed or was returned, some TARGET days later, and announces it. Needs
    /// <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when it has not failed, its reason forbids
    /// another try, or one is under way already: so nobody retries by hand while a retry is scheduled.
    /// </summary>
    public async Task<DirectDebit> RetryAsync(RetryOfDebit ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.WorkTasks);
        if (await AskedBeforeAsync(ask.Key, cancellationToken) is { } before)
        {
            return before;
        }

        CheckDays("waitDays", ask.WaitDays, 1, RetryOfDebit.MostWaitDays);
        var failed = await FindAsync(ask.DebitId, cancellationToken);
        if (await UnderWayAsync(failed.InvoiceId, cancellationToken) is { } underWay)
        {
            throw UnderWay(underWay);
        }

        if (failed.Status is not (DebitStatus.Failed or DebitStatus.Returned))
        {
            throw RuleViolationException.Of("debitId", RuleCodes.DebitNotFailed);
        }

        if (DebitReasons.NeverAgain(DebitReasons.Of(failed.ReasonCode).Cure))
        {
            throw RuleViolationException.Of("debitId", RuleCodes.DebitNeverAgain, ("code", failed.ReasonCode ?? ""));
        }

        var now = time.GetUtcNow();
        var merchant = await records.MerchantAsync(cancellationToken);
        var calendar = DebitCalendar.Of(merchant);
        return await AppendAsync(
            new Asked(failed.InvoiceId, ask.Key, calendar.RetryDay(now, ask.WaitDays), calendar.DayOf(now), failed, ask.CaseId), merchant, calendar, now, cancellationToken);
    }

    /// <summary>
    /// Appends that the customer is told of a debit: the event, and a message where one can be sent. A debit that was announced or
    /// has ended is left as it is. Throws <see cref="RuleViolationException"/> when there is no such debit.
    /// </summary>
    public async Task<DirectDebit> AnnounceAsync(Guid debitId, CancellationToken cancellationToken = default)
    {
        var debit = await FindAsync(debitId, cancellationToken);
        return debit.AnnouncedAt is not null || !DebitLife.IsUnderWay(debit) ? debit : await AnnounceAsync(debit, null, cancellationToken);
    }

    /// <summary>
    /// Appends that debits which have not left yet take what is owed on their invoices now, after a correction. What the customer was
    /// told of is told again; where it is more, the notice begins anew and the day moves with it. A debit that was agreed without
    /// notice never takes more than was agreed: the rest stays owed. One that left, or may have, stays as it is: what it brings too
    /// much becomes the customer's credit.
    /// </summary>
    public async Task FollowAsync(IReadOnlyList<Invoice> invoices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invoices);
        if (invoices.Count == 0)
        {
            return;
        }

        var owed = invoices.ToDictionary(invoice => invoice.Id, invoice => invoice.Open);
        var ids = owed.Keys.ToList();
        foreach (var debit in await records.ListAsync<DirectDebit>(debit => ids.Contains(debit.InvoiceId) && debit.Status == DebitStatus.Scheduled, ids.Count, cancellationToken))
        {
            await FollowAsync(debit, owed[debit.InvoiceId], cancellationToken);
        }
    }

    /// <summary>
    /// Withdraws a debit: one that is scheduled ends at once, one that the gateway has is asked back. Appends. Needs
    /// <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when there is no such debit, it has ended,
    /// or it is not known whether the gateway has it.
    /// </summary>
    public async Task<DirectDebit> CancelAsync(Guid debitId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        var debit = await FindAsync(debitId, cancellationToken);
        if (debit.Status == DebitStatus.Unknown)
        {
            throw RuleViolationException.Of("debitId", RuleCodes.DebitUncertain);
        }

        if (!DebitLife.IsUnderWay(debit))
        {
            throw RuleViolationException.Of("debitId", RuleCodes.DebitEnded);
        }

        audit.Write("debit.cancelled", $"debit:{debit.Id}");
        return await DebitWithdrawal.AppendAsync(records, debit, "cancelled", time.GetUtcNow(), cancellationToken);
    }

    /// <summary>
    /// Appends that debits which a case asked for (their keys begin with its identity) and which the gateway is not known to have are
    /// withdrawn: the case is cancelled. One that it may have ends when it says that it does not, or gives it back.
    /// </summary>
    public async Task WithdrawOfCaseAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        var prefix = $"{caseId:D}/";
        foreach (var debit in await records.ListAsync<DirectDebit>(debit => (debit.Status == DebitStatus.Scheduled || debit.Status == DebitStatus.Unknown) && debit.Key.StartsWith(prefix), cancellationToken: cancellationToken))
        {
            audit.Write("debit.cancelled", $"debit:{debit.Id}", new { caseId });
            await DebitWithdrawal.AppendAsync(records, debit, "cancelled", time.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>The debit of an invoice that may still bring money; null when there is none.</summary>
    public async Task<DirectDebit?> UnderWayAsync(Guid invoiceId, CancellationToken cancellationToken = default)
    {
        var states = DebitLife.UnderWay;
        var found = await records.ListAsync<DirectDebit>(debit => debit.InvoiceId == invoiceId && states.Contains(debit.Status), 1, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>
    /// Says that somebody begins to wait for what becomes of a debit that is there already: the row is written again as it is, so
    /// that of who moves it meanwhile and who waits for it the later one reads it again. Else the wait could miss its only event.
    /// </summary>
    public DirectDebit Watch(DirectDebit debit) => records.Update(debit);

    /// <summary>The newest debit of an invoice; null when there is none.</summary>
    public async Task<DirectDebit?> NewestAsync(Guid invoiceId, CancellationToken cancellationToken = default)
    {
        var found = await records.ListAsync<DirectDebit>(debit => debit.InvoiceId == invoiceId, cancellationToken: cancellationToken);
        return found.MaxBy(debit => (debit.CreatedAt, debit.Attempt));
    }

    // The bank may want the order earlier than the customer is to be told: nothing leaves before its notice.
    private static DateOnly AnnounceOn(int noticeDays, DateOnly collectOn, DateOnly leavesOn)
    {
        var noticed = collectOn.AddDays(-noticeDays);
        return noticeDays > 0 && leavesOn < noticed ? leavesOn : noticed;
    }

    private async Task<DirectDebit> AppendAsync(Asked ask, Merchant merchant, DebitCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var invoice = await OwedAsync(ask.InvoiceId, merchant, cancellationToken);
        if (await UnderWayAsync(invoice.Id, cancellationToken) is { } underWay)
        {
            throw UnderWay(underWay);
        }

        var mandate = await mandates.UsableAsync(invoice.CustomerId, cancellationToken);
        if (mandate?.GatewayMandateId is null || !MandateLife.IsUsableOn(mandate, ask.CollectOn))
        {
            throw RuleViolationException.Of("invoiceId", RuleCodes.MandateMissing);
        }

        var id = Guid.CreateVersion7();
        var debit = new DirectDebit
        {
            Id = id,
            MerchantId = records.MerchantId,
            Key = ask.Key,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            MandateId = mandate.Id,
            FirstId = ask.After?.FirstId ?? id,
            Attempt = (ask.After?.Attempt ?? 0) + 1,
            Amount = invoice.Open,
            CollectOn = ask.CollectOn,
            AnnounceOn = ask.AnnounceOn,
            CreatedAt = now,
        };

        // The invoice's row is the lock: of two debits made at the same moment, one meets a conflict and finds the other.
        records.Update(invoice);
        records.Add(debit);
        records.Ask(DebitEvents.Effect(debit, EffectKinds.CreateGatewayDebit, debit.Key, EffectRepeat.Queryable, now, calendar.SubmitAt(now, debit.CollectOn), ask.CaseId));
        records.Raise(DebitEvents.Of(debit, EventNames.DebitCreated, now, new { invoice.Number, debit.CollectOn, debit.Attempt }));
        audit.Write("debit.created", $"debit:{debit.Id}", new { debit.Amount.AmountMinor, debit.Amount.Currency, debit.CollectOn, debit.Attempt });
        return debit.AnnounceOn <= calendar.DayOf(now) ? await AnnounceAsync(debit, ask.CaseId, cancellationToken) : debit;
    }

    private async Task FollowAsync(DirectDebit debit, Money open, CancellationToken cancellationToken)
    {
        var isMore = open > debit.Amount;
        var noticeDays = Math.Max(0, debit.CollectOn.DayNumber - debit.AnnounceOn.DayNumber);
        if (open == debit.Amount || (isMore && noticeDays == 0))
        {
            return;
        }

        audit.Write("debit.corrected", $"debit:{debit.Id}", new { before = debit.Amount.AmountMinor, after = open.AmountMinor, open.Currency });
        var corrected = debit with { Amount = open };
        if (isMore && debit.AnnouncedAt is not null)
        {
            var now = time.GetUtcNow();
            var calendar = DebitCalendar.Of(await records.MerchantAsync(cancellationToken));
            var today = calendar.DayOf(now);
            var noticed = today.AddDays(noticeDays);
            corrected = corrected with { AnnounceOn = today, CollectOn = calendar.CollectionDay(now, debit.CollectOn > noticed ? debit.CollectOn : noticed) };
        }

        corrected = records.Update(corrected);
        if (corrected.AnnouncedAt is not null)
        {
            await AnnounceAsync(corrected, null, cancellationToken);
        }
    }

    // A customer whom no message reaches is debited all the same: the mandate says so, and the event lets others tell them.
    private async Task<DirectDebit> AnnounceAsync(DirectDebit debit, Guid? caseId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var invoice = await records.FindAsync<Invoice>(debit.InvoiceId, cancellationToken);
        var mandate = await records.FindAsync<Mandate>(debit.MandateId, cancellationToken);
        var announced = records.Update(debit with { AnnouncedAt = now });
        await contacts.PlanAsync(
            new ContactIntent
            {
                CustomerId = debit.CustomerId,
                InvoiceId = debit.InvoiceId,
                Template = MessageTemplates.DebitUpcoming,
                Key = await NoticeKeyAsync(announced, cancellationToken),
                CaseId = caseId,
            },
            cancellationToken);
        records.Raise(DebitEvents.Of(announced, EventNames.DebitUpcoming, now, new { invoice?.Number, announced.CollectOn, mandate?.Reference }));
        return announced;
    }

    // A notice that has not left yet says what holds when it leaves: another is only planned beside one that has, or may have.
    private async Task<string> NoticeKeyAsync(DirectDebit debit, CancellationToken cancellationToken)
    {
        var key = $"debit-notice/{debit.Id:N}";
        var notices = await records.ListAsync<Message>(message => message.InvoiceId == debit.InvoiceId && message.Key.StartsWith(key), cancellationToken: cancellationToken);
        return notices.FirstOrDefault(notice => notice is { Status: MessageStatus.Planned, ProviderId: null })?.Key ?? (notices.Count == 0 ? key : $"{key}/{notices.Count + 1}");
    }

    private async Task<Invoice> OwedAsync(Guid invoiceId, Merchant merchant, CancellationToken cancellationToken)
    {
        var invoice = await records.FindAsync<Invoice>(invoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        var customer = await records.FindAsync<Customer>(invoice.CustomerId, cancellationToken);
        return invoice switch
        {
            _ when !merchant.AcceptsDirectDebit => throw RuleViolationException.Of("invoiceId", RuleCodes.DebitsOff),
            _ when !invoice.Open.IsPositive || invoice.Status == InvoiceStatus.Cancelled => throw RuleViolationException.Of("invoiceId", RuleCodes.NothingOwed, ("number", invoice.Number)),
            _ when invoice.Open.Currency != Euro => throw RuleViolationException.Of("invoiceId", RuleCodes.DebitNotEuro),
            _ when customer is { AutomationStopped: true } => throw RuleViolationException.Of("invoiceId", RuleCodes.CustomerStopped),
            { Disputed: true } => throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceDisputed),
            _ => invoice,
        };
    }

    private async Task<DirectDebit?> AskedBeforeAsync(string key, CancellationToken cancellationToken)
    {
        var found = await records.ListAsync<DirectDebit>(debit => debit.Key == key, 1, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<DirectDebit> FindAsync(Guid debitId, CancellationToken cancellationToken) =>
        await records.FindAsync<DirectDebit>(debitId, cancellationToken) ?? throw RuleViolationException.Of("debitId", RuleCodes.DebitUnknown);

    private static RuleViolationException UnderWay(DirectDebit debit) =>
        RuleViolationException.Of("invoiceId", RuleCodes.DebitUnderWay, ("date", debit.CollectOn.ToString("O", CultureInfo.InvariantCulture)));

    private static void CheckDays(string field, int days, int from, int to)
    {
        if (days < from || days > to)
        {
            throw RuleViolationException.Of(field, RuleCodes.DaysOutOfRange, ("from", from.ToString(CultureInfo.InvariantCulture)), ("to", to.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private sealed record Asked(Guid InvoiceId, string Key, DateOnly CollectOn, DateOnly AnnounceOn, DirectDebit? After, Guid? CaseId);
}
