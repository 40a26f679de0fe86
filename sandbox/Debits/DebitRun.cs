using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>
/// The bank's runs, in Paris: at 8 on the day of a debit it is rejected, at 10 it is paid; two working days later, at 10, it is
/// taken back where the debtor's bank does so.
/// </summary>
public static class DebitRun
{
    public static readonly TimeOnly RejectHour = new(8, 0);
    public static readonly TimeOnly ClearingHour = new(10, 0);
    public const int ReturnAfterDays = 2;

    /// <summary>When a new debit is looked at first.</summary>
    public static DateTimeOffset FirstStep(DateOnly collectionDate) => BusinessClock.AtInParis(collectionDate, RejectHour);

    public static async Task RunAsync(SandboxDatabase database, Events events, EventNames names, DateTimeOffset now)
    {
        var due = await database.DirectDebits.Where(debit => debit.NextStepDate <= now).OrderBy(debit => debit.Number).ToListAsync();
        foreach (var debit in due)
        {
            var told = debit switch
            {
                { SddTransactionStatus: DebitStatus.Pending, Outcome: null } => await DecideAsync(database, debit, names),
                { SddTransactionStatus: DebitStatus.Pending } => Clear(debit, names, now),
                { SddTransactionStatus: DebitStatus.Cleared } => Return(debit, names, now),
                _ => Rest(debit),
            };
            if (told is not null) events.Tell(database, debit.AccountNumber, told, SddTransactionAnswer.Of(debit), now);
        }
    }

    private static async Task<string?> DecideAsync(SandboxDatabase database, DirectDebit debit, EventNames names)
    {
        var mandate = await database.Mandates.SingleAsync(m => m.MandateId == debit.MandateId);
        (debit.Outcome, mandate.Plan) = BankPlan.Take(mandate.Plan);
        if (BankPlan.Pays(debit.Outcome))
        {
            debit.NextStepDate = BusinessClock.AtInParis(debit.RequestedCollectionDate, ClearingHour);
            return null;
        }
        debit.ReasonCode = debit.Outcome;
        debit.SddTransactionStatus = DebitStatus.Rejected;
        debit.NextStepDate = null;
        return names.SddTransactionRejected;
    }

    private static string Clear(DirectDebit debit, EventNames names, DateTimeOffset now)
    {
        debit.SddTransactionStatus = DebitStatus.Cleared;
        debit.ClearingDate = now;
        debit.NextStepDate = BankPlan.ReturnReason(debit.Outcome) is null
            ? null
            : BusinessClock.AtInParis(TargetDays.Add(debit.RequestedCollectionDate, ReturnAfterDays), ClearingHour);
        return names.SddTransactionCleared;
    }

    private static string Return(DirectDebit debit, EventNames names, DateTimeOffset now)
    {
        debit.SddTransactionStatus = DebitStatus.Returned;
        debit.ReasonCode = BankPlan.ReturnReason(debit.Outcome);
        debit.ReturnDate = now;
        debit.NextStepDate = null;
        return names.SddTransactionReturned;
    }

    private static string? Rest(DirectDebit debit)
    {
        debit.NextStepDate = null;
        return null;
    }
}
