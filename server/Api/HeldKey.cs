using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>
/// An Idempotency-Key in the hands of a call: while the call runs it says so again and again. A call may then take as long as
/// it needs, and the key of one whose process died, or lost the database, is free again soon.
/// </summary>
internal sealed class HeldKey : IAsyncDisposable
{
    /// <summary>How long a call that says nothing more is taken to run.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Beat = Lease / 3;
    private const int MostTries = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly IMerchantScopes scopes;
    private readonly Actor actor;
    private readonly IdempotentAnswer taken;
    private readonly ILogger log;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ending = new();
    private readonly Task beating;

    /// <summary>Holds a key that was just taken, from now on.</summary>
    public HeldKey(IMerchantScopes scopes, Actor actor, IdempotentAnswer taken, TimeProvider time, ILogger log)
    {
        this.scopes = scopes;
        this.actor = actor;
        this.taken = taken;
        this.time = time;
        this.log = log;
        beating = BeatAsync();
    }

    /// <summary>Says that the call still runs.</summary>
    public Task RunsAsync() => WroteAsync(row => row with { HeldUntil = time.GetUtcNow() + Lease });

    /// <summary>The call has ended: keeps its answer, and holds the key no longer. It never throws: what was done is done under its own keys, and a repeat after the lease finds it.</summary>
    public async Task AnswerAsync(int status, string? body, string? location = null)
    {
        await StopAsync();
        for (var tries = 1; !await WroteAsync(row => row with { StatusCode = status, BodyJson = body, Location = location }) && tries < MostTries; tries++)
        {
            await Task.Delay(Rest, time, CancellationToken.None);
        }
    }

    /// <summary>Says no more that the call runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task StopAsync()
    {
        await ending.CancelAsync();
        await beating;
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
            {
                await RunsAsync();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The call has ended.
        }
    }

    /// <summary>Whether there is nothing to try again: written, or another call has the key. A conflict may be with what we wrote ourselves and were not told of.</summary>
    private async Task<bool> WroteAsync(Func<IdempotentAnswer, IdempotentAnswer> change)
    {
        using var patience = new CancellationTokenSource(Beat, time);
        try
        {
            await using var scope = scopes.Open(taken.MerchantId, actor);
            if (await scope.Records.FindAsync<IdempotentAnswer>(taken.Id, patience.Token) is { } row && row.HeldBy == taken.HeldBy)
            {
                scope.Records.Update(change(row));
                await scope.Records.CommitAsync(patience.Token);
            }

            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning(failure, "That a call with the idempotency record {Record} of merchant {Merchant} runs, or what it answered, could not be written.", taken.Id, taken.MerchantId);
            return false;
        }
    }
}
