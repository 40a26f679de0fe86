using System.Diagnostics.Metrics;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Telemetry;

/// <summary>How the queues stand, looked at now and then, as figures for operators: over all merchants, without a name of any.</summary>
internal sealed class WorkFigures : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "CentralPay.Workflows.Work";

    private readonly IWorkQueue queue;
    private readonly IOutboxQueue outbox;
    private readonly TimeProvider time;
    private readonly Meter figures = new(Name);
    private volatile IReadOnlyList<LaneStand> lanes = [];
    private volatile IReadOnlyList<DestinationStand> destinations = [];

    public WorkFigures(IWorkQueue queue, IOutboxQueue outbox, TimeProvider time)
    {
        this.queue = queue;
        this.outbox = outbox;
        this.time = time;
        figures.CreateObservableGauge("centralpay.queue.items", () => lanes.Select(lane => Of(lane.Items, "lane", lane.Lane.ToString())), "{item}", "Work on cases that waits or runs, by lane.");
        figures.CreateObservableGauge("centralpay.queue.age", () => lanes.Select(lane => Of(Age(lane.Oldest), "lane", lane.Lane.ToString())), "s", "Age of the oldest work, by lane (business time).");
        figures.CreateObservableGauge("centralpay.outbox.items", () => destinations.Select(kind => Of(kind.Pending, "destination", kind.Destination)), "{effect}", "What is to leave, now or later, by kind of destination.");
        figures.CreateObservableGauge("centralpay.outbox.age", () => destinations.Select(kind => Of(Age(kind.NextDue), "destination", kind.Destination)), "s", "How long the oldest has been due, by kind of destination (business time).");
    }

    /// <summary>Looks, again and again.</summary>
    public async Task WatchAsync(TimeSpan every, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(every);
        do
        {
            try
            {
                await LookAsync(stopping);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database is away, whatever its mapper makes of that: its own health check says so.
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        lanes = await queue.StandAsync(cancellationToken: cancellationToken);
        destinations = await outbox.StandAsync(cancellationToken: cancellationToken);
    }

    public void Dispose() => figures.Dispose();

    private double Age(DateTimeOffset since) => Math.Max(0, (time.GetUtcNow() - since).TotalSeconds);

    private static Measurement<double> Of(double value, string tag, string name) => new(value, new KeyValuePair<string, object?>(tag, name));
}
