using System.Diagnostics.Metrics;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>Listens to how many units of work each commit wrote.</summary>
internal sealed class UnitsOfCommits : IDisposable
{
    private readonly MeterListener listener = new();
    private long commits;
    private long units;

    public UnitsOfCommits()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == StorageTelemetry.Name && instrument.Name == "centralpay.commit.units")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, measured, _, _) =>
        {
            Interlocked.Increment(ref commits);
            Interlocked.Add(ref units, measured);
        });
        listener.Start();
    }

    public double Mean => (double)Interlocked.Read(ref units) / Math.Max(1, Interlocked.Read(ref commits));

    public void Dispose() => listener.Dispose();
}
