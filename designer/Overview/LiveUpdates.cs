using System.Collections.Concurrent;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;

namespace CentralPay.Workflows.Designer.Overview;

/// <summary>
/// Turns the feed of a merchant into refreshes of a page: the first event at once, then at most four a second, however many
/// events come. Paced by the machine's clock: business time may stand still or jump.
/// </summary>
public sealed class LiveUpdates : IDisposable
{
    private const int EventsPerRefreshLimit = 200;
    private static readonly TimeSpan usualPause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<DomainEvent> arrived = new();
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly CancellationTokenSource ending = new();
    private readonly IDisposable subscription;
    private readonly TimeSpan pause;

    /// <summary>Listens until disposed.</summary>
    /// <param name="feed">The feed of committed events.</param>
    /// <param name="merchantId">Whose events.</param>
    /// <param name="refresh">Shows what came, oldest first; called on no particular thread, never twice at once.</param>
    /// <param name="pause">What passes between two refreshes at the least; null for a quarter of a second.</param>
    public LiveUpdates(ICollectionFeed feed, Guid merchantId, Func<IReadOnlyList<DomainEvent>, Task> refresh, TimeSpan? pause = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(refresh);
        this.pause = pause ?? usualPause;
        subscription = feed.Subscribe(merchantId, Take);
        Ended = Task.Run(() => RunAsync(refresh));
    }

    /// <summary>Ends after <see cref="Dispose"/>, or fails with what a refresh failed with.</summary>
    public Task Ended { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        subscription.Dispose();
        ending.Cancel();
    }

    private void Take(IReadOnlyList<DomainEvent> events)
    {
        foreach (var one in events)
        {
            arrived.Enqueue(one);
        }

        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // A refresh is due already: it takes these along.
        }
    }

    private async Task RunAsync(Func<IReadOnlyList<DomainEvent>, Task> refresh)
    {
        try
        {
            while (true)
            {
                await bell.WaitAsync(ending.Token);
                var batch = new List<DomainEvent>();
                while (arrived.TryDequeue(out var one))
                {
                    batch.Add(one);
                }

                // A page shows the last few: of an import's thousands it needs no more.
                await refresh(batch.Count > EventsPerRefreshLimit ? batch[^EventsPerRefreshLimit..] : batch);
                await Task.Delay(pause, TimeProvider.System, ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
