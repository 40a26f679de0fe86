using System.Collections.Concurrent;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.SignalR;

namespace CentralPay.Workflows.Server.Live;

/// <summary>Listens to the feed for each merchant with a connected program, and sends on what comes, joined together.</summary>
internal sealed class HubBroadcast(IHubContext<CollectionsHub> hub, ICollectionFeed feed, IMerchantScopes scopes, TimeProvider time, ILogger<HubBroadcast> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, Guid> connections = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, MerchantChannel> channels = [];
    private readonly Lock gate = new();

    public static string GroupOf(Guid merchantId) => merchantId.ToString("N");

    /// <summary>Begins to listen for the merchant, and answers the figures as they stand.</summary>
    public async Task<CollectionFigures> JoinAsync(Guid merchantId, string connectionId)
    {
        connections[connectionId] = merchantId;
        lock (gate)
        {
            if (!channels.ContainsKey(merchantId))
            {
                channels.Add(merchantId, new MerchantChannel(feed, merchantId, events => SendAsync(merchantId, events)));
            }
        }

        return await FiguresAsync(merchantId);
    }

    public void Leave(string connectionId)
    {
        if (!connections.TryRemove(connectionId, out var merchantId) || connections.Values.Contains(merchantId))
        {
            return;
        }

        lock (gate)
        {
            if (!connections.Values.Contains(merchantId) && channels.Remove(merchantId, out var channel))
            {
                channel.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var channel in channels.Values)
            {
                channel.Dispose();
            }

            channels.Clear();
        }
    }

    private async Task SendAsync(Guid merchantId, IReadOnlyList<EventShown> events)
    {
        try
        {
            var group = hub.Clients.Group(GroupOf(merchantId));
            if (events.Count > 0)
            {
                await group.SendAsync("events", events);
            }

            await group.SendAsync("figures", await FiguresAsync(merchantId));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "The live figures of a merchant could not be sent; the next change sends them.");
        }
    }

    private async Task<CollectionFigures> FiguresAsync(Guid merchantId)
    {
        await using var scope = scopes.Open(merchantId, Actor.System);
        return await scope.Services.GetRequiredService<ICollectionFigures>().AtAsync(time.GetUtcNow());
    }
}
