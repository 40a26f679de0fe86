using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>What operators see of the engine: a span for each burst, and figures, under one name. It costs nothing where nobody listens.</summary>
public static class EngineTelemetry
{
    /// <summary>The name of the spans' source and of the meter.</summary>
    public const string Name = "CentralPay.Workflows.Engine";

    /// <summary>The attribute that names the case: of bursts, and of what leaves the house for it.</summary>
    public const string CaseAttribute = "centralpay.case";

    /// <summary>The attribute that names the merchant.</summary>
    public const string TenantAttribute = "centralpay.merchant";

    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Figures = new(Name);
    private static readonly Histogram<double> Seconds = Figures.CreateHistogram<double>("centralpay.burst.duration", "s", "How long bursts take, from when a hand begins to the commit; what they waited for a hand is not in it.");
    private static readonly Counter<long> Failures = Figures.CreateCounter<long>("centralpay.burst.failures", "{burst}", "Bursts that did not commit, by what stopped them.");

    /// <summary>
    /// The link by which all spans of a case are found together, however many months lie between them: a context that
    /// follows from the case's identity.
    /// </summary>
    public static ActivityLink LinkOf(Guid caseId)
    {
        Span<byte> bytes = stackalloc byte[16];
        caseId.TryWriteBytes(bytes, bigEndian: true, out _);
        return new ActivityLink(new ActivityContext(ActivityTraceId.CreateFromBytes(bytes), ActivitySpanId.CreateFromBytes(bytes[8..]), ActivityTraceFlags.Recorded));
    }

    /// <summary>Begins the span of a burst; null where nobody listens.</summary>
    internal static System.Diagnostics.Activity? Begin(WorkItem item)
    {
        if (!Spans.HasListeners())
            return null;
        var span = Spans.StartActivity("burst", ActivityKind.Internal, parentContext: default, links: [LinkOf(item.CaseId)]);
        span?.SetTag(CaseAttribute, item.CaseId.ToString());
        span?.SetTag(TenantAttribute, item.TenantId.ToString());
        span?.SetTag("centralpay.work.kind", item.Kind.ToString());
        span?.SetTag("centralpay.work.lane", item.Lane.ToString());
        span?.SetTag("centralpay.work.attempt", item.Attempts);
        return span;
    }

    /// <summary>Counts a burst that committed.</summary>
    internal static void Committed(WorkItem item, long startedAt)
    {
        if (Seconds.Enabled)
            Seconds.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, new KeyValuePair<string, object?>("kind", item.Kind.ToString()));
    }

    /// <summary>Counts a burst that did not, and marks its span.</summary>
    internal static void Failed(System.Diagnostics.Activity? span, Exception exception)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("cause", exception.GetType().Name));
        span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
    }
}
