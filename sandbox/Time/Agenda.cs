using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Payouts;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Time;

/// <summary>What falls due when: webhooks, expiring requests, the nightly card clearing, authorisations that lapse, direct debits, money that goes out.</summary>
public sealed class Agenda(
    IDbContextFactory<SandboxDatabase> databases, Writer writer, BusinessClock clock, Postman postman, Settlement settlement, Events events, EventNames names) : IDisposable
{
    /// <summary>Two processes' clocks never agree exactly: a target this little in the past is now.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The earliest instant at which there is something to do; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync()
    {
        await using var database = await databases.CreateDbContextAsync();
        DateTimeOffset?[] instants =
        [
            await database.Webhooks.Where(w => w.State == WebhookState.Pending).MinAsync(w => (DateTimeOffset?)w.NextAttemptDate),
            await database.PaymentRequests.Where(r => r.PaymentRequestStatus == PaymentRequestStatus.Active).MinAsync(r => r.ExpiryDate),
            await database.Transactions.Where(t => t.NextStepDate != null).MinAsync(t => t.NextStepDate),
            await database.MoneyOut.Where(o => o.NextStepDate != null).MinAsync(o => o.NextStepDate),
            await database.DirectDebits.Where(d => d.NextStepDate != null).MinAsync(d => d.NextStepDate),
        ];
        return instants.Min();
    }

    /// <summary>Does all that is due now, and what falls due meanwhile.</summary>
    public async Task DoDueWorkAsync(CancellationToken stopping = default)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            await DoWorkDueByNowAsync(stopping);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Moves business time forward, stopping at each due instant on the way, so that everything happens at its own time.</summary>
    /// <returns>False, and nothing moved, when the instant lies in the past.</returns>
    public async Task<bool> MoveToAsync(DateTimeOffset target, CancellationToken stopping)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            if (target < clock.GetUtcNow() - Tolerance) return false;
            await DoWorkDueByNowAsync(stopping);
            while (await NextDueAsync() is { } due && due <= target)
            {
                await SetAsync(due);
                await DoWorkDueByNowAsync(stopping);
            }
            await SetAsync(target);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task DoWorkDueByNowAsync(CancellationToken stopping)
    {
        while (await NextDueAsync() is { } due && clock.GetUtcNow() is var now && due <= now)
        {
            stopping.ThrowIfCancellationRequested();
            await writer.WriteAsync(async database =>
            {
                await Expiry.RunAsync(database, settlement, now);
                await ClearingRun.RunAsync(database, events, names, now);
                await PayoutRun.RunAsync(database, events, names, now);
                await DebitRun.RunAsync(database, events, names, now);
                return true;
            });
            await postman.DeliverDueAsync(now, stopping);
        }
    }

    private async Task SetAsync(DateTimeOffset now)
    {
        var offset = clock.OffsetFor(now);
        await writer.WriteAsync(async database =>
        {
            var row = await database.ClockOffsets.SingleOrDefaultAsync() ?? database.Add(new ClockOffset()).Entity;
            row.Microseconds = (long)Math.Ceiling(offset.TotalMicroseconds);
            return row;
        });
        // One microsecond more than asked is still "by then"; one less would leave the work undone.
        clock.Restore(TimeSpan.FromMicroseconds(Math.Ceiling(offset.TotalMicroseconds)));
    }
}
