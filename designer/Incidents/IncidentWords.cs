using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Descriptors;
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
        incident.Cause.EndsWith(nameof(Exception), StringComparison.Ordinal) ? say.Code("incident.cause.of", incident.Kind.ToString(), Plain(say, incident))
            : say.Code("rule", incident.Cause, "") is { Length: > 0 } rule && !rule.Contains('{', StringComparison.Ordinal) ? rule
            : Plain(say, incident));

    /// <summary>What happened beyond its cause; what a program or somebody outside said stays theirs. Null where the cause says it all.</summary>
    /// <param name="say">The words.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="stepTitle">What its step is called; null where none failed, or it is drawn no more.</param>
    /// <param name="activity">What its step does, in the reader's language; null where that is not known.</param>
    public static string? Detail(this IStringLocalizer<Phrases> say, Incident incident, string? stepTitle, ActivityDescriptor? activity = null)
    {
        if (incident.Message.Length == 0 || say.Cause(incident) == Plain(say, incident))
        {
            return null;
        }

        var message = stepTitle is null ? incident.Message : incident.Message.Replace($"\"{incident.NodeId}\"", $"\"{stepTitle}\"", StringComparison.Ordinal);
        message = (activity?.Inputs ?? []).Aggregate(message, (text, input) => text.Replace($"input \"{input.Name}\"", $"input \"{input.DisplayName}\"", StringComparison.Ordinal));
        if (say.Written(message) is { } written)
        {
            return written;
        }

        // What could not be delivered says first which invoice it was about.
        return message.Split(": ", 2) is [var invoice, var said] && say.Written(said) is { } told ? say["shell.named", invoice, told] : say.Told(message);
    }

    /// <summary>What to do next; null where trying again is all there is.</summary>
    public static string? Advice(this IStringLocalizer<Phrases> say, Incident incident) =>
        say.Code("incident.advice", Known(incident), "") is { Length: > 0 } advice ? advice : null;

    private static string Plain(IStringLocalizer<Phrases> say, Incident incident) => say.Written(incident.Message) ?? incident.Message;

    // Whatever the gateway was asked for, a lost or refused command is seen to in the same way; whatever is not installed too.
    private static string Known(Incident incident) => incident.Cause switch
    {
        var cause when cause.StartsWith("gateway.", StringComparison.Ordinal) => "gateway",
        var cause when cause.StartsWith($"{FaultCauses.UnknownActivity}:", StringComparison.Ordinal) => FaultCauses.UnknownActivity,
        var cause => cause,
    };
}
