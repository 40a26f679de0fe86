using System.Diagnostics;
using System.Diagnostics.Metrics;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>What operators see of commits, under one name. It costs nothing where nobody listens.</summary>
public static class StorageTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "CentralPay.Workflows.Storage";

    private static readonly Meter Figures = new(Name);
    private static readonly Histogram<int> Statements = Figures.CreateHistogram<int>("centralpay.commit.statements", "{statement}", "Statements in a commit.");
    private static readonly Histogram<int> Units = Figures.CreateHistogram<int>("centralpay.commit.units", "{unit}", "Units of work in a commit: bursts, events, requests that were written together.");
    private static readonly Histogram<double> Seconds = Figures.CreateHistogram<double>("centralpay.commit.duration", "s", "How long commits take, with the wait for the right to write.");
    private static readonly Counter<long> Deadlocks = Figures.CreateCounter<long>("centralpay.commit.deadlocks", "{commit}", "Commits that lost against another, and were made again.");

    private static readonly Counter<long> Incidents = Figures.CreateCounter<long>("centralpay.incidents", "{incident}", "Incidents that opened, by kind.");

    internal static void Committed(int statements, int units, IReadOnlyList<object> changes, long startedAt)
    {
        foreach (var opened in changes.OfType<IncidentRaised>())
        {
            Incidents.Add(1, new KeyValuePair<string, object?>("kind", opened.Incident.Kind.ToString()));
        }

        Statements.Record(statements);
        Units.Record(units);
        if (Seconds.Enabled)
        {
            Seconds.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }
    }

    internal static void Deadlocked() => Deadlocks.Add(1);
}
