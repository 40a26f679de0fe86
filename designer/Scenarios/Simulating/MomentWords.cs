using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Designer.Overview;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Payments.Events;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Simulating;

/// <summary>What would have happened, as a person reads it: events in the words of the live page, steps as the canvas calls them.</summary>
public sealed class MomentWords(ScenarioCanvasModel model, StepSentence settings, StepOutcomes outcomes, ActivityRegistry activities, IStringLocalizer<Phrases> say, Display show)
{
    /// <summary>The moment as a sentence.</summary>
    public string Sentence(SimulatedMoment moment, ScenarioDefinition? drawn) => Of(moment, drawn).Text;

    /// <summary>The moment as a line of a timeline.</summary>
    public MomentLine Of(SimulatedMoment moment, ScenarioDefinition? drawn)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var step = TitleOf(moment.StepId, drawn);
        return moment.What switch
        {
            MomentNames.StepDecided => new MomentLine(say["simulate.moment.decided", step, OutcomeOf(moment, drawn)], "alt_route", null),
            MomentNames.StepWaiting => new MomentLine(Waiting(moment, step), "hourglass_top", "late"),
            MomentNames.CaseStopped => new MomentLine(say["simulate.moment.stopped", step, say.Told(moment.Values.GetValueOrDefault("message") ?? "")], "error", "failed"),
            MomentNames.CaseEnded => new MomentLine(say["simulate.moment.ended"], "flag", null),
            MomentNames.CallbackSent => new MomentLine(say["simulate.moment.callback", moment.Values.GetValueOrDefault("eventType") ?? ""], "webhook", null),
            _ => OfEvent(moment),
        };
    }

    /// <summary>Why a step left as it did: its settings with the values they had; of a formula the formula too. Null where there are none.</summary>
    public string? Why(SimulatedMoment moment, ScenarioDefinition? drawn)
    {
        ArgumentNullException.ThrowIfNull(moment);
        if (moment.Kind != MomentKind.Decided || drawn?.AllSteps().FirstOrDefault(each => each.Id == moment.StepId) is not { } step
            || activities.Describe(step.Type, CultureInfo.CurrentUICulture) is not { } described)
        {
            return null;
        }

        var parts = described.Inputs
            .Where(input => moment.Values.GetValueOrDefault(input.Name) is not null)
            .Select(input => (Input: input, Value: settings.ValueOf(Expression.LiteralExpression(Unquoted(moment.Values[input.Name]!)), input)))
            .Select(part => step.Input(part.Input.Name)?.Expression is { Type: not "Literal" } formula
                ? say["simulate.why.formula", part.Input.DisplayName, $"{formula.Value}", part.Value].Value
                : say["simulate.why", part.Input.DisplayName, part.Value].Value)
            .ToArray();
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>What a step is called; its identity where it is not drawn any more.</summary>
    public string TitleOf(string? stepId, ScenarioDefinition? drawn) =>
        drawn?.AllSteps().FirstOrDefault(step => step.Id == stepId) is { } step ? model.TitleOf(step) : stepId ?? "";

    private static string Unquoted(string json) => json is ['"', .., '"'] ? JsonSerializer.Deserialize<string>(json)! : json;

    private string Waiting(SimulatedMoment moment, string step) =>
        DateTimeOffset.TryParse(moment.Values.GetValueOrDefault("until"), CultureInfo.InvariantCulture, out var until)
            ? say["simulate.moment.waitsUntil", step, show.Instant(until)]
            : say["simulate.moment.waits", step];

    private string OutcomeOf(SimulatedMoment moment, ScenarioDefinition? drawn) =>
        drawn?.AllSteps().FirstOrDefault(step => step.Id == moment.StepId) is { } step && moment.Outcome is { } outcome
            ? model.PortsOf(step, outcomes.Of(drawn), [outcome]).First(port => port.Id == outcome).Label
            : moment.Outcome ?? "";

    private MomentLine OfEvent(SimulatedMoment moment)
    {
        var happened = new DomainEvent
        {
            Id = Guid.Empty,
            MerchantId = Guid.Empty,
            Name = moment.What,
            At = moment.At,
            AmountMinor = long.TryParse(moment.Values.GetValueOrDefault("amountMinor"), CultureInfo.InvariantCulture, out var amountMinor) ? amountMinor : null,
            Currency = moment.Values.GetValueOrDefault("currency"),
            DataJson = JsonSerializer.Serialize(moment.Values),
        };
        var read = EventSentence.Of(happened, null, null, say, show);
        return new MomentLine(read.Text, read.Icon, read.Tone);
    }
}

/// <summary>A line of a simulated timeline.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Tone">Its colour class; null for none.</param>
public sealed record MomentLine(string Text, string Icon, string? Tone);
