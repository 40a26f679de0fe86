using System.Collections.Concurrent;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;

namespace CentralPay.Workflows.Server.Live;

/// <summary>
/// The feed of this process: tells each listener of a merchant after the commit. What other nodes commit comes from the
/// database's news, on PostgreSQL.
/// </summary>
internal sealed class CollectionFeed(ILogger<CollectionFeed> log) : ICollectionFeed
{
    private readonly ConcurrentDictionary<Guid, Subscription[]> listeners = new();

    public void Publish(Guid merchantId, IReadOnlyList<DomainEvent> events)
    {
        foreach (var listener in listeners.GetValueOrDefault(merchantId) ?? [])
        {
            try
            {
                listener.OnEvents(events);
            }
            catch (Exception failure)
            {
                // What was committed stays committed, whatever a listener makes of it.
                log.LogError(failure, "A listener of the live feed failed.");
            }
        }
    }

    public IDisposable Subscribe(Guid merchantId, Action<IReadOnlyList<DomainEvent>> onEvents)
    {
        var subscription = new Subscription(this, merchantId, onEvents);
        listeners.AddOrUpdate(merchantId, _ => [subscription], (_, known) => [.. known, subscription]);
        return subscription;
    }

    private sealed class Subscription(CollectionFeed feed, Guid merchantId, Action<IReadOnlyList<DomainEvent>> onEvents) : IDisposable
    {
        public Action<IReadOnlyList<DomainEvent>> OnEvents { get; } = onEvents;

        public void Dispose() => feed.listeners.AddOrUpdate(merchantId, _ => [], (_, known) => [.. known.Where(other => other != this)]);
    }
}
