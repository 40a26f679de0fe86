using System.Threading.Channels;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;

namespace CentralPay.Workflows.Server.Live;

/// <summary>One merchant's events on their way to the hub: bounded, joined, sent at most four times a second.</summary>
internal sealed class MerchantChannel : IDisposable
{
    private const int MostWaitingEvents = 1000;
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(250);

    // The newest count: whoever missed some reads them from the API by cursor.
    private readonly Channel<EventShown> waiting = Channel.CreateBounded<EventShown>(new BoundedChannelOptions(MostWaitingEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly IDisposable subscription;

    public MerchantChannel(ICollectionFeed feed, Guid merchantId, Func<IReadOnlyList<EventShown>, Task> send)
    {
        subscription = feed.Subscribe(merchantId, Take);
        _ = RunAsync(send, stopping.Token);
    }

    public void Dispose()
    {
        subscription.Dispose();
        stopping.Cancel();
        stopping.Dispose();
    }

    private void Take(IReadOnlyList<DomainEvent> events)
    {
        foreach (var happened in events)
        {
            waiting.Writer.TryWrite(EventShown.Of(happened));
        }

        changed.Writer.TryWrite(true);
    }

    private async Task RunAsync(Func<IReadOnlyList<EventShown>, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            while (await changed.Reader.WaitToReadAsync(cancellationToken))
            {
                changed.Reader.TryRead(out _);
                var batch = new List<EventShown>();
                while (waiting.Reader.TryRead(out var happened))
                {
                    batch.Add(happened);
                }

                await send(batch);
                await Task.Delay(ShortestGap, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }
}
