using System.Diagnostics;
using System.Diagnostics.Metrics;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>What operators see of deliveries: a span for each try, linked with its case, and figures. It costs nothing where nobody listens.</summary>
internal static class DeliveryTelemetry
{
    /// <summary>The name of the spans' source and of the meter.</summary>
    public const string Name = "CentralPay.Workflows.Outbox";

    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Figures = new(Name);
    private static readonly Histogram<double> Seconds = Figures.CreateHistogram<double>("centralpay.delivery.duration", "s", "How long tries of effects take, by kind and outcome.");

    /// <summary>Begins the span of a try; null where nobody listens.</summary>
    public static Activity? Begin(Effect effect)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = effect.CaseId is { } caseId ? [EngineTelemetry.LinkOf(caseId)] : [];
        var span = Spans.StartActivity("delivery", ActivityKind.Client, parentContext: default, links: links);
        span?.SetTag(EngineTelemetry.CaseAttribute, effect.CaseId?.ToString());
        span?.SetTag(EngineTelemetry.TenantAttribute, effect.MerchantId.ToString());
        span?.SetTag("centralpay.effect.kind", effect.Kind);
        span?.SetTag("centralpay.effect.attempt", effect.Attempts + 1);
        return span;
    }

    /// <summary>Notes how a try ended.</summary>
    public static void Ended(Activity? span, Effect effect, EffectOutcomeKind outcome, long startedAt)
    {
        span?.SetTag("centralpay.effect.outcome", outcome.ToString());
        if (outcome is EffectOutcomeKind.Failed or EffectOutcomeKind.Unknown or EffectOutcomeKind.GivenUp)
        {
            span?.SetStatus(ActivityStatusCode.Error, outcome.ToString());
        }

        if (Seconds.Enabled)
        {
            Seconds.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, new("kind", effect.Kind), new("outcome", outcome.ToString()));
        }
    }
}
