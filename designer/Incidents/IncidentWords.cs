using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Incidents;

/// <summary>What an incident is called and what to do about it, in the reader's language.</summary>
public static class IncidentWords
{
    /// <summary>The cause in business words; where nobody worded it, the incident's own message. What a program threw says whose matter it is.</summary>
    public static string Cause(this IStringLocalizer<Phrases> say, Incident incident) => say.Code(
        "incident.cause",
        Known(incident),
        incident.Cause.EndsWith(nameof(Exception), StringComparison.Ordinal) ? say.Code("incident.cause.of", incident.Kind.ToString(), incident.Message) : incident.Message);

    /// <summary>What to do next; null where trying again is all there is.</summary>
    public static string? Advice(this IStringLocalizer<Phrases> say, Incident incident) =>
        say.Code("incident.advice", Known(incident), "") is { Length: > 0 } advice ? advice : null;

    // Whatever the gateway was asked for, a lost or refused command is seen to in the same way; whatever is not installed too.
    private static string Known(Incident incident) => incident.Cause switch
    {
        var cause when cause.StartsWith("gateway.", StringComparison.Ordinal) => "gateway",
        var cause when cause.StartsWith($"{FaultCauses.UnknownActivity}:", StringComparison.Ordinal) => FaultCauses.UnknownActivity,
        var cause => cause,
    };
}
