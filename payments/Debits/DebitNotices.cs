using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Announces debits on the day their notice begins, whoever asked for them: a program, or a case that was paused or has ended since.</summary>
public sealed class DebitNotices(IMerchantRecords records, TimeProvider time, DirectDebits debits)
{
    private const int MostAtOnce = 200;

    /// <summary>Announces what is due; answers how many. Throws <see cref="RecordConflictException"/> where somebody announced one of them meanwhile: then none is, until it is called again.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var today = DebitCalendar.Of(merchant).DayOf(time.GetUtcNow());
        var states = DebitLife.UnderWay;
        var due = await records.ListAsync<DirectDebit>(
            debit => states.Contains(debit.Status) && debit.AnnouncedAt == null && debit.AnnounceOn <= today && debit.AnnounceOn < debit.CollectOn, MostAtOnce, cancellationToken);
        foreach (var debit in due)
        {
            await debits.AnnounceAsync(debit.Id, cancellationToken);
        }

        await records.CommitAsync(cancellationToken);
        return due.Count;
    }
}
