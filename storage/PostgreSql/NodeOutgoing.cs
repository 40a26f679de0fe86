using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>What commits left to tell the other nodes, gathered until it is sent: many commits become one message.</summary>
internal sealed class NodeOutgoing(Guid node) : IDisposable
{
    // What nobody could be told for so long is seen at the next look.
    private const int MostKept = 10_000;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim something = new(0, 1);
    private readonly List<(Guid Merchant, Guid Event)> events = [];
    private bool work;
    private bool effects;
    private bool greets;

    /// <summary>A commit was made.</summary>
    public void Add(CommitResult done)
    {
        lock (gate)
        {
            work |= done.LeftWork;
            effects |= done.LeftEffects;
            if (events.Count < MostKept)
            {
                events.AddRange(done.Events.Select(happened => (done.MerchantId, happened.Id)));
            }
        }

        Wake();
    }

    /// <summary>Says that this node is there; asks who else is.</summary>
    public void Greet(bool asks)
    {
        lock (gate)
        {
            greets |= asks;
        }

        Wake();
    }

    /// <summary>Waits for something to tell, at the most for a time; then takes it, in messages short enough to travel. One message at least: it says that the node lives.</summary>
    public async Task<IReadOnlyList<NodeMessage>> TakeAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await something.WaitAsync(atMost, cancellationToken);
        lock (gate)
        {
            var messages = events.Chunk(NodeMessage.MostEvents)
                .Select(some => new NodeMessage(node, false, false, false, some.GroupBy(one => one.Merchant).ToDictionary(own => own.Key, own => own.Select(one => one.Event).ToArray())))
                .DefaultIfEmpty(new NodeMessage(node, false, false, false, null)).ToArray();
            messages[0] = messages[0] with { Greets = greets, Work = work, Effects = effects };
            events.Clear();
            (work, effects, greets) = (false, false, false);
            return messages;
        }
    }

    public void Dispose() => something.Dispose();

    private void Wake()
    {
        lock (gate)
        {
            if (something.CurrentCount == 0)
            {
                something.Release();
            }
        }
    }
}
