using System.Globalization;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>
/// Makes one message of the reminders that several cases want to send a customer on one day. Each case's message stays a row
/// of its own with its own effect: the first whose turn comes takes the others along (they become covered), and each of them
/// is told what became of it when its own turn comes. So none is lost and none is sent twice, whoever dies when: what two
/// nodes decide at once is decided by the rows' revisions and by one unique value for customer, day, channel and language.
/// </summary>
public sealed class ContactBundles(IMerchantRecords records, TimeProvider time, ContactGuard guard)
{
    /// <summary>Invoices in one e-mail, at the most; the others go the next day.</summary>
    public const int InvoicesPerEmail = 50;

    /// <summary>Invoices in one SMS, at the most: each has its link.</summary>
    public const int InvoicesPerSms = 5;

    private const int MostCandidates = 200;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // The first in line that does not come to its turn must not hold up the others for ever.
    private static readonly TimeSpan LongestWaitForFirst = TimeSpan.FromHours(1);

    /// <summary>The guard of a message with regard to what else its customer is told that day.</summary>
    public async ValueTask<GuardVerdict> CheckAsync(Message message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = time.GetUtcNow();
        if (message is { Status: MessageStatus.Covered, CoveredBy: { } leadId })
        {
            var lead = await records.FindAsync<Message>(leadId, cancellationToken);
            return lead switch
            {
                null => GuardVerdict.Drop(ContactReasons.Gone),
                { Status: MessageStatus.Planned } => GuardVerdict.Later(now + LookAgain, ContactReasons.Covered),
                _ => GuardVerdict.Go,
            };
        }

        var verdict = await guard.CheckAsync(message, cancellationToken);
        return verdict.Kind == GuardKind.Go && IsReminder(message) ? await InTurnAsync(message, now, cancellationToken) : verdict;
    }

    /// <summary>
    /// Appends that the message is about to leave, under the provider's id, and that the reminders it takes along are covered; each
    /// passed its own guard just now. The caller commits before anything leaves; a <see cref="RecordConflictException"/> then says
    /// that somebody else was first.
    /// </summary>
    public async Task<Message> ClaimAsync(Message message, string providerId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsReminder(message))
        {
            return records.Update(message with { ProviderId = providerId });
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        var taken = 1 + await StillCoveredAsync(message.Id, cancellationToken);
        var limit = message.Channel == MessageChannel.Sms ? InvoicesPerSms : InvoicesPerEmail;
        foreach (var other in await WaitingAsync(message, EndOfDay(merchant), cancellationToken))
        {
            if (taken < limit && other.Id != message.Id && (await guard.CheckAsync(other, cancellationToken)).Kind == GuardKind.Go)
            {
                records.Update(other with { Status = MessageLog.Life.After(other.Status, MessageStatus.Covered), CoveredBy = message.Id });
                taken++;
            }
        }

        return records.Update(message with { ProviderId = providerId, DayKey = DayKeyOf(message, Today(merchant)) });
    }

    /// <summary>What became of a covered message: what became of the one that covers it.</summary>
    public async Task<EffectOutcome> OutcomeOfCoveredAsync(Message message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var lead = message.CoveredBy is { } leadId ? await records.FindAsync<Message>(leadId, cancellationToken) : null;
        return lead is { Status: MessageStatus.Sent }
            ? new EffectOutcome { Kind = EffectOutcomeKind.Delivered, AnswerJson = Events.DomainJson.Write(new { coveredBy = lead.Id }) }
            : new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = $"The message that covers it is {lead?.Status.ToString() ?? "gone"}: {lead?.Reason}" };
    }

    /// <summary>Appends that what a message covered goes by itself again, because the message is not sent.</summary>
    public async Task ReleaseAsync(Guid leadId, CancellationToken cancellationToken = default)
    {
        foreach (var covered in await CoveredAsync(leadId, cancellationToken))
        {
            Release(covered);
        }
    }

    private async ValueTask<GuardVerdict> InTurnAsync(Message message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var (dayKey, id) = (DayKeyOf(message, Today(merchant)), message.Id);
        if (await records.ListAsync<Message>(other => other.DayKey == dayKey && other.Id != id, 1, cancellationToken) is [var sent])
        {
            // One that is still being tried may yet be given up, and this one then takes its place.
            return GuardVerdict.Later(sent.Status == MessageStatus.Planned ? now + LookAgain : NextMorning(merchant), ContactReasons.SameDay);
        }

        if (message.DayKey is not null)
        {
            // It was tried before: it keeps its turn.
            return GuardVerdict.Go;
        }

        foreach (var other in await WaitingAsync(message, now, cancellationToken))
        {
            if (other.Id == message.Id)
            {
                break;
            }

            if (other.DueAt > now - LongestWaitForFirst && (await guard.CheckAsync(other, cancellationToken)).Kind == GuardKind.Go)
            {
                return GuardVerdict.Later(now + LookAgain, ContactReasons.Covered);
            }
        }

        return GuardVerdict.Go;
    }

    /// <summary>How many messages of an earlier try still go along; those that lost their reason go by themselves, to be dropped there.</summary>
    private async Task<int> StillCoveredAsync(Guid leadId, CancellationToken cancellationToken)
    {
        var still = 0;
        foreach (var covered in await CoveredAsync(leadId, cancellationToken))
        {
            if ((await guard.CheckAsync(covered with { Status = MessageStatus.Planned }, cancellationToken)).Kind == GuardKind.Go)
            {
                still++;
            }
            else
            {
                Release(covered);
            }
        }

        return still;
    }

    /// <summary>The customer's planned reminders by the same channel in the same language, the first planned first.</summary>
    private async Task<IReadOnlyList<Message>> WaitingAsync(Message message, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (customerId, channel, language, reminders) = (message.CustomerId, message.Channel, message.Language, ContactHistory.Merged);
        return await records.ListAsync<Message>(
            other => other.CustomerId == customerId && other.Status == MessageStatus.Planned && other.Channel == channel && other.Language == language
                && other.DueAt <= until && (reminders.Contains(other.Template) || other.Template.StartsWith(OwnTemplates.ReminderPrefix)),
            MostCandidates,
            cancellationToken);
    }

    private Task<IReadOnlyList<Message>> CoveredAsync(Guid leadId, CancellationToken cancellationToken) =>
        records.ListAsync<Message>(message => message.CoveredBy == leadId && message.Status == MessageStatus.Covered, MostCandidates, cancellationToken).AsTask();

    private void Release(Message covered) =>
        records.Update(covered with { Status = MessageLog.Life.After(covered.Status, MessageStatus.Planned), CoveredBy = null });

    private DateOnly Today(Merchant merchant) => QuietHours.Of(merchant).DayOf(time.GetUtcNow());

    private DateTimeOffset EndOfDay(Merchant merchant) => QuietHours.Of(merchant).StartOf(Today(merchant).AddDays(1)).AddTicks(-1);

    private DateTimeOffset NextMorning(Merchant merchant)
    {
        var hours = QuietHours.Of(merchant);
        return hours.NextAllowed(hours.StartOf(Today(merchant).AddDays(1)));
    }

    private static bool IsReminder(Message message) => message.CustomerId is not null && (ContactHistory.Merged.Contains(message.Template) || OwnTemplates.IsReminder(message.Template));

    private static string DayKeyOf(Message message, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{message.CustomerId:N}/{day:yyyy-MM-dd}/{message.Channel}/{message.Language}");
}
