using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Feed;

/// <summary>What live pages and the hub listen to: events after their commit, merchant by merchant, in this process and from other nodes.</summary>
public interface ICollectionFeed
{
    /// <summary>Tells listeners; called after the commit, never inside it.</summary>
    void Publish(Guid merchantId, IReadOnlyList<DomainEvent> events);

    /// <summary>Calls back with each committed batch of one merchant until disposed. The callback returns at once.</summary>
    IDisposable Subscribe(Guid merchantId, Action<IReadOnlyList<DomainEvent>> onEvents);
}
